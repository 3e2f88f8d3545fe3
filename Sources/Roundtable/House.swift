import Hummingbird
import Crypto
import Storage
