import Hummingbird

/// Every door of the house, and who may come through it.
enum Routes {
    /// Hangs every door on a router, and lists them.
    static func hang(on router: Router<Visit>, _ house: House) -> [Door] {
        let entrance = EntranceRoutes(house: house)
        let openings = OpeningRoutes(house: house)
        let people = PersonRoutes(house: house)
        let upkeep = UpkeepRoutes(house: house)
        let projects = ProjectRoutes(house: house)
        let leaving = LeavingRoutes(house: house)
        let offers = OfferRoutes(house: house)
        let changes = ChangeRoutes(house: house)
        let invitations = InvitationRoutes(house: house)
        let news = NewsRoutes(house: house)

        // Anyone
        let open = Doors(router, welcome: .anyone)
        open.get("/", use: entrance.show)
        open.get("/about", use: entrance.about)
        open.get("/health", use: upkeep.health)
        open.get("/house", use: upkeep.components)
        open.get("/public/:hash/:name", use: upkeep.asset)
        open.get("/words", use: openings.ask)
        open.post("/words", use: openings.read)
        open.get("/words/:words", use: openings.show)
        open.post("/words/:words", use: openings.open)
        open.get("/people/new", use: people.askName)
        open.post("/people", use: people.arrive)
        open.post("/pass-it-on", use: people.passItOn)
        open.get("/farewell", use: leaving.farewell)

        // People we know
        let known = Doors(router.group(context: PersonContext.self), welcome: .person)
        known.get("/me", use: projects.place)
        known.post("/me/name", use: people.rename)
        known.get("/me/pass", use: people.showPass)
        known.post("/me/pass", use: people.renewPass)
        known.post("/me/pass/cancelled", use: people.cancelPass)
        known.post("/me/devices/:device/out", use: people.signOut)
        known.get("/projects", use: projects.list)
        known.post("/projects", use: projects.start)
        known.get("/projects/new", use: projects.askName)
        known.get("/projects/:project/concerns", use: projects.concerns)
        known.post("/projects/:project/concerns", use: projects.addConcern)
        known.get("/projects/:project/seat", use: projects.showSeat)
        known.post("/projects/:project/seat/name", use: projects.renameSeat)
        known.post("/me/parcel", use: leaving.pack)
        known.get("/leaving", use: leaving.show)
        known.get("/leaving/pieces", use: leaving.choose)
        known.post("/leaving", use: leaving.leave)
        known.get("/projects/:project/news", use: news.show)
        known.post("/projects/:project/news/read", use: news.markRead)
        known.get("/projects/:project/invitations", use: invitations.list)
        known.post("/projects/:project/invitations", use: invitations.make)
        known.get("/projects/:project/invitations/:invitation", use: invitations.show)
        known.post("/projects/:project/invitations/:invitation/ended", use: invitations.end)
        known.get("/projects/:project/offer", use: offers.show)
        known.get("/projects/:project/offer/new", use: offers.askCard)
        known.get("/projects/:project/offer/sheet", use: offers.showSheet)
        known.post("/projects/:project/offer/laid", use: offers.lay)
        known.get("/projects/:project/topics/:topic", use: offers.askTopic)
        known.post("/projects/:project/topics/:topic", use: offers.answerTopic)
        known.post("/projects/:project/cards", use: offers.addCard)
        known.get("/projects/:project/cards/:card", use: offers.showCard)
        known.get("/projects/:project/cards/:card/wording", use: offers.askWording)
        known.post("/projects/:project/cards/:card/wording", use: offers.reword)
        known.post("/projects/:project/cards/:card/owner", use: offers.askOwner)
        known.post("/projects/:project/cards/:card/acceptance", use: offers.answerOwning)
        known.get("/projects/:project/proposals/:change", use: changes.show)
        known.post("/projects/:project/proposals/:change/keys", use: changes.turn)
        known.post("/projects/:project/proposals/:change/withdrawn", use: changes.withdraw)

        // Whoever keeps this house
        let keeping = Doors(router.group(context: KeeperContext.self), welcome: .keeper)
        keeping.get("/house/about", use: entrance.edit)
        keeping.post("/house/about", use: entrance.write)

        return open.list + known.list + keeping.list
    }
}
