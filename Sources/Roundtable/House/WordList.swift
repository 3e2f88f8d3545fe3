import Foundation

/// The 2,048 plain words that what people hold is made of.
///
/// How they were chosen and checked is in `docs/decisions/0005-six-words.md`. Changing, adding or moving one word
/// makes words that people already hold open nothing.
enum WordList {
    /// All of them, in alphabetical order. A word's place is what it says.
    static let words: [String] = list.split(whereSeparator: \.isWhitespace).map(String.init)

    /// Letters that are enough to know a word by.
    static let enough = 4

    /// Places by the first four letters. No two words share them.
    private static let places: [Substring: Int] = Dictionary(
        uniqueKeysWithValues: words.enumerated().map { ($1.prefix(enough), $0) })

    /// Where a word stands in the list, by its first four letters in lower case; nil when no word begins so.
    static func place(of word: some StringProtocol) -> Int? {
        word.count < enough ? nil : places[Substring(word.prefix(enough))]
    }

    private static let list = """
        abacus about above abuzz acacia academy acclaim accord achieve acre across acrylic acting actor
        actual adagio adapt adding admire adobe adorn advance adverb advice aerial affirm afresh again
        agate agenda agile aglow agree ahead ahoy airdrop airfare airline airport airship airtime airway
        airy akimbo album alchemy alcove alder alfalfa algebra alike allegro alloy allure almanac almost
        aloft along aloud alpaca alpine already alright also always ambient ambling amenity amphora amplify
        amulet amuse anagram analogy anchor ancient andante anemone angle angora animal aniseed anklet
        anorak another answer antique antler anvil anybody anyhow anyone anytime anyway apex apiary apiece
        aplomb apparel appear apply apricot apron aquatic arable arch arctic arena argyle aria armband
        armrest aroma around arrange arrive artist artwork ascend ashore aside aspen asphalt aspire aster
        astute atlas atoll atom atrium attain attic auburn aurora author avatar avenue average aviator avid
        avocado aware awesome awhile awning azalea azure backing badge bagel bagful baggage bagpipe bakery
        baklava balance balcony baleen balloon balmy balsam bamboo bandana banjo banquet banter baobab
        barber barista barley barn barrel basalt basic basket basmati bassoon bathtub bauble bayleaf bazaar
        beacon beam beanbag beaver bedding bedpost bedroom bedtime beehive beeswax beetle before begin
        begonia beige bellows bench beret beside bespoke bicycle bigger bike binder biplane birch birdie
        biryani biscuit bison bisque bistro bivouac blanket blazer bleat blend blini bliss blog bloom
        blossom blotter blouse blown board boat bobbin bobcat bobsled bodice bold bolero bollard bolster
        bonbon bonfire bongo bonito bonnie bonsai boogie booklet booth borage borough borrow botany bough
        bounce bouquet bowling boxroom boxwood bracken bramble branch bravo breezy brief bright bring
        brioche brisk broad brocade brogue broiler brolly bronze brownie brush bubbly bucket buffer bugle
        bulb bulgur bullock bulrush bumbag bumper bundle bungee bunkbed bunting buoyant burdock bureau
        burlap burnish burrito bushel busker bustle butler button buzzard byline byway cabaret cabbage
        cabinet cacao cactus cadence cafe cagoule cairn calcium calypso cameo campus canary candy canoe
        canteen canvas canyon capital capstan caption caravan carbon cargo caribou carpet carrot cartoon
        carve cascade cashew cassia castle casual catchy caterer catfish catkin catnip cavern caviar
        cayenne ceilidh celery cellist celsius cement century ceramic cereal certain chair chalk chapati
        charm chaser chat cheddar cheese chervil chevron chewy chiffon chilly chimney chip chirpy chive
        choice chomp choral chrome chuckle chutney cicada cinema circuit cirrus citadel citric city clad
        clamber clapper clarity classic clause clear clerk clever clink close cloth cloudy club clunky
        cluster coastal cobalt cobbler cobweb cocoa code codfish coffee cohost collage column combine
        comedy comfort comic comment company concept confer conga conical connect console content cooker
        copilot copy coracle cordon cork corner coronet corral corsage cosmos costume cottage county
        courage cowboy cowshed coyote coypu crackle craft cranny crater cravat crayon create creek crest
        crewman cricket crimson crinkly crisp crochet crofter croon crop croquet crouton crowd crucial
        cruiser crumbly crunch crusty cubby cube cubism cuddle cuisine culture culvert cumin cumulus
        cupcake cupola curator curious curl current cursor cushy custom cutout cycle cygnet dabbler dado
        dahlia dainty damask damson dance dappled daring dashing data dawdle daytime dazzle decade decimal
        deck declare decor deep defrost deliver deluxe delve denim depict depth design desktop dessert
        detail detour develop dewdrop dewpond diadem diagram dialect diamond diary digest digit dilute dine
        dingo dinky dinner diorama diploma direct disco display divan diver divide djembe dodgem dogfish
        dogwood doily dollop dolmen dolphin domain domino donate dongle doodler door dormer double doughy
        downy dozen dragon drapery drawing dream dress drizzly droplet drummer duchess dugout dulcet dunk
        dunlin duplex durable dust duty duvet dwell dynamic eagerly eagle earbud earflap early earmark
        earplug earth easily eastern easy eaten ebony eclair eclipse ecology edamame edge edible edifice
        edit eggcup eggnog egret eland element elevate elfin email ember emblem emerald enact enamel
        enchant encore endear endive energy engine engrave enhance enjoy enlarge enrich ensure enthuse
        entire entry epic epigram episode epitome equate equip eraser ermine errand esquire essay essence
        estuary etching eureka event example excel expand explore export express eyelet fabled fabric facet
        factory fairly falafel fallow fanfare fanzine faraway farina farmer fashion fathom fauna feast
        feature fedora feline felt fern ferry festive feta fetch fetlock fiction fiddler field fiesta
        fillet film filter final finch finesse finish firefly fish fixture fjord flag flair flake flannel
        flask flatbed fleece flicker flip float floral flowery fluent fluffy flutter flyer flying foamy
        focal foghorn folder foliage fondly font food footing foray forest forkful format fortune forum
        forward fossil foundry foxtrot freckle freeway freshly frill frisbee fritter frizzy frog frolic
        frond frosty frothy fruit fuchsia fudge fulcrum furlong furrow fusion futon future fuzzy gable
        gadget galaxy galleon galore gamma gamut gander gangway gantry garage garden garland garment garner
        gateway gather gaucho gazette gecko gelato general genial genome genre gentle genuine geode geology
        gesture geyser giblet gift giggly gilded gingham ginkgo giraffe girder gizmo glacier gladly glance
        glassy glaze gleam gleeful glen glider glimpse glint glisten glitter globe glory gloss glowing glue
        glyph goalie goggle golden golf gondola goodbye gopher gorge gosling gouache goulash gourmet
        gradual grain grammar granola grapple grass gratify gravy greet grid griffin grippy grocery grommet
        groove grotto grouper growth grub guava guffaw guide guild guitar gumboot gumdrop gymnast habitat
        haggis halcyon half halibut hallway halogen halyard hammock hamper hamster handle hangout happy
        harpist hashtag hayloft headset hearty heater hectare hello helmet helpful herald herb heron
        herring hexagon hickory hiker hill hint hire hobnob hockey holdall holiday home honey honk hoop
        hooray hopper horizon hosiery hotel hotpot house howdy hubbub hubcap humid hummus hundred hurdler
        husk hydro ibis iceberg iced icing iconic ideal idyllic imagery imbue immense impala impish imprint
        inbox inbuilt include index indigo indoor indulge inhabit initial inkling inkpot inkwell inlet
        innings input insole inspire instant intact integer intro invent invite iota ironing island isle
        isobar isotope isthmus italic ivory jackdaw jalopy jamjar jaunt jazz jeans jerkin jersey jetty
        jiffy jigsaw jocular jodhpur jogger join jollity journal jovial joyful joyous jubilee judo juggler
        juicer jukebox jumbo jungle juniper kaftan karaoke kayak kazoo kebab kelp kennel kestrel ketchup
        keyhole keynote keypad keyword khaki kiln kimono kind kinship kiosk kipper kitbag kitchen kite
        kitsch kiwi knit knoll koala kudos kumquat lacquer lacy ladle ladybug lagoon lamp landing lantern
        lanyard laptop lapwing larder large lasso lattice launch laurel lava layer layout leaflet league
        lectern leeway legend leggy legible legume legwork lemon lemur lens leopard letter level levity
        lexicon library lichen lido likely lilac lilting lime limpet linen lining linkup linseed lintel
        lion liquid list litmus livery lobby lobster lodger lofty logbook logging logic logo loofah lounge
        lovely loyal luggage lullaby lumber lumpy lupin lute lychee lyric macaw machine macro maestro
        magenta magnet magpie mahjong mailbox main mallard mambo mammoth manatee mango manor mantle manual
        many maple maraca marble market marmot marquee marsh mascot masonry match matinee matrix matting
        mauve maximum maybe mayfly maypole meal measure medley meerkat melon memo mention menu merge merino
        mermaid merrily meteor metric midair midway midyear mighty mildew milk million mimosa mineral
        minimum minnow minty minuet miso mixer mizzen mobile mocha modern module mohair mollusc moment
        monocle monsoon month moonlit moorhen moose morning morsel mosaic mossy motion motley motor motto
        mount movie muddy mudflat muesli muffler mulch mullet museum musical muskrat muslin mustard mutual
        mynah myriad mystery naan nachos napkin narrate narwhal natter nature nearby neatly nebula nectar
        neigh nest nettle network newly newness nickel nifty nimbly nomadic noodle nori north nosegay
        notable notepad nougat novel novice nuance nugget numeral nutmeg nylon oaken oakwood oarlock
        oarsman oasis oatcake oatmeal oblong oboe oboist ocarina ocelot octave octet octopus odyssey
        offbeat oilcan oilskin okra omega omnibus onion online onset onward onyx oodles option opulent
        orange orbit orchard oregano origin oriole ornate osprey ostrich ottoman outback outcrop outdoor
        outer outfit outgrow outing outlet output outtake outward oval ovation oven overall oxbow oxlip
        oxtail pacific package paddler paella pageant paint paisley palace palette pampas panache pancake
        panda panel panini pannier panoply panpipe papaya paper paprika papyrus parasol parfait park
        parsnip pasta path patio pattern paving pavlova peachy peahen peanut pebbly pedal pelican pencil
        pendant penguin peppery perform pergola periwig pesto petunia pewter phlox phoenix photo phrase
        piano piccolo pickup picnic picture piebald pigeon pigtail pikelet pilaf pillow pimento pinball
        pincer pinhole pinion pink pinto pioneer pippin piston pithy pitta pivot pixel pizza placid planner
        plastic plate playful plaza please plenty plinth plover plumage plunk plush plywood pocket podcast
        podium poem poetry pointed poise polenta polish polka pollen polygon pompom poncho pontoon pony
        popcorn poplin porch porous portion post potato pothole potter pouffe prairie prance precede
        predict prefix prelude premium prepare prequel pretty preview prickle primary printer prism prize
        product project promote propel prosper provide prowess prudent pudding puffin pulley pumice pumpkin
        punnet puppy puree purpose purring puzzle pyramid quad quaint quality quantum quarter quickly quilt
        quinoa quirk quiver quoit quokka quorum racquet radius raffle rafter ragdoll raglan ragtime railcar
        rainbow raisin rambler ramen ranger rarebit rattan ravioli reach ready rebound rebuild recap recent
        recipe reckon recline recount recycle redraw redwood refine refocus refresh refuel regard region
        reheat relay relish remark remix rename renew reopen repaint reply reprise reseed resin restful
        retell retrace reveal rewind rework rewrite rhino rhombus rhubarb rhythm ribbon rice ricotta riddle
        rider ridge rigging ringlet rinse ripen rising risotto rissole ritzy rivulet roadway robot robust
        rock rodeo romaine romper rondo room roost rosebud roster rosy rotary rotunda roulade roundup
        routine rover rowing rowlock rugby rumble rummage runner runway rural russet rustic sachet saffron
        sago sailing salad salmon salsa salty salvage samba same samosa sampler sand sardine sarong satchel
        satin satnav satsuma saucer sawdust sawmill scallop scampi scarf scenery scholar science scope
        scout scribe scuba seabird seafood seagull seaport seaside seaweed seed seesaw select seltzer semi
        sepia septet sequel serene series sesame several shallot shampoo shawl sheen shelter sherbet
        shinier shirt shoebox shorts shovel showery shrewd shrug shutter sidecar sieve silky silo silver
        similar sincere singer siphon siskin sitting situate sizzle skater skein sketch skiing skillet skim
        skittle skyline skyward slalom sledge sleeve sleigh slide slipway sluice smithy smooth snack
        snapper snippet snooker snorkel snow snug soapy soda softly soil sojourn solar soloist soluble
        solve sonata song sonic sonnet soon soprano sorbet sorghum sorrel soulful source soybean span
        sparrow spatula speaker speck speedy sphere sphinx spice spigot spinach splash sponge spool sporty
        spring sprout spruce square squeak stadium stairs stamp stanza stapler start station steady stencil
        stereo stew sticker stilts stipple stone story straw stream stripe stroll strudel stucco student
        stylish subsoil subtle suburb sudoku suede sugar suggest sultana summit sunbeam sundial sunfish
        sunhat sunlamp sunrise sunset suntan superb suppose surfer surname surplus sushi sustain swaddle
        swathe sweater swift swimmer swivel sylvan symbol synergy synonym syntax syrup tabby tabla tackle
        tactile tadpole taffeta tahini tailor takeoff talc talent talon tamarin tandem tankful tannin tapas
        tapioca tapper tarpon tartlet task taste taupe taverna tawny taxi teabag teacup teapot tearoom
        teasel teatime tempo tendril tenfold tennis tepid terrain texture thank theory thesis thicken
        thistle thread tiara ticket tidings tile tillage timber timpani tingle tinsel tipi tiptop toaster
        today toddle tomato tombola tomcat tongs tonight toolbox topaz topcoat topiary topmost topping
        topsoil torte total toucan tour toward town towpath tractor traffic trail transit trapeze trawler
        treacle treetop trefoil trellis tremolo trend trestle trifle trilogy trim trinket tripod triumph
        trivia trophy trot troupe trowel truck truly trumpet trundle tubular tuft tugboat tuition tulip
        tumbler tuna tundra tuneful tunic turbot tureen turner tussock tutu tuxedo twang tweed twiddle twig
        twine twirl twofold twosome typeset typical udon ukulele ultra umpteen uncover unfold unfurl unhook
        unicorn unique unison unity unload unpack unplug unripe unroll unveil unwind upbeat upgrade uphill
        uphold upkeep upland uplift upriver upshot upside upstage upswing uptown upward urbane urchin
        utensil utility utmost utopia value vanilla various varnish vast vaulted vehicle vellum velour
        velvet vendor veneer venison veranda verbena verdant version vertex viaduct vibrant view villa
        vinegar vintage violin virtual visit visor vista visual vivid vizier volley volume voucher vowel
        voyage waders wafting wagon wagtail waiter walker wallaby walnut walrus waltz warm warren wasabi
        washer wavy waxwing wayside weather weaving website weekend welcome welder welly western wetland
        wetsuit wheat whereas whimsy whisker whiting whizz whoosh widen widget wiggle wildcat windy wingtip
        winkle winsome winter wiper wisdom wisp wobble wombat wonder woody woofer wool word worktop wren
        yacht yard yarrow yawn year yellow yeoman yodel yolk young yoyo yucca yummy zebra zenith zephyr
        zesty zigzag zing zinnia zircon zither zoology
        """
}
