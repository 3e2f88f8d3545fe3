import Markup
func qrCode(_ text: String, label: String) -> HTML { "<p>\(label)</p>" }
