"""The English words that decide."""

from quire.nodes.support.word_lists import WordLists

ENGLISH_WORDS = WordLists(
    language="en",
    negators="""
        not never without cannot nor neither hardly fail failed fails failing lack lacks lacked lacking refuse
        refused
    """,
    negators_of_nouns="no none rather instead",
    ending="end stop cease lapse expire terminate withdraw refuse decline reject drop",
    causes="because of; because; owing to; due to; as a result of; caused by; thanks to",
    conditions="if unless provided providing except excluding once until subject when where",
    conditions_of_rules="with under without only after before",
    movable="""
        in on at by for from with within after before during under over since until because if unless when while
        once as through as via between per although though following despite against to of into upon
    """,
    may="may can might could",
    should="should ought recommended",
    must="must shall required",
    all_="all every each always entire whole",
    most="most majority mostly usually generally normally typically",
    many="many numerous often",
    some="some several sometimes certain",
    few="few rarely seldom",
    none="none never",
    only="only solely exclusively alone",
    half="half",
    boundaries="and while but which whereas whilst so",
    stops="and while but whereas",
    passive="is are was were be been being has have had",
    by="by",
    listing="and or",
    places="on in at for with after before since until during",
    ordinals="first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
    ordinal_endings="",
    function="""
        a an the and or but nor so as of to in on at by for from with into onto upon about after before between
        through during under over above below within against among per via than then that this these those it its
        itself they them their theirs he him his she her we us our you your i me my one ones there here which who
        whom whose what when where while how is are was were be been being am has have had having do does did
        done will would shall may might must can could should not no also both either if unless because since
        until once too very just such own same other another each any every all some more most only still yet
        already however therefore thus out up down rather instead nearly almost roughly
        approximately around addition moreover furthermore besides respectively off again
        further now s t re ve ll d cannot whether though although
    """,
    reporting="""
        last take change amount reach number come equal level value count state list name record mention accord
        report show note document source say give describe set specify indicate evidence section figure value put
        stand total together altogether combined
    """,
    synonyms="""
        delay postpone defer; connect link join; deem consider regard; expire lapse end; sell dispose divest
        acknowledge confirm; go rise; open begin; inform notify alert; ask request; answer reply respond
        build construct; erect; check inspect examine test review; shut close; repair mend; break fail
        halt stop cease; carry transport; move; arrive reach; departure leaving; storey floor; salary wage pay
        job position post; purchase order; raise lift; cancel annul; dispute disagreement
        amend change modify alter revise; publish release issue; detect spot; restore recover; restart reboot
        crash outage; monitor watch; warn alert; plan intend schedule; propose suggest recommend; oppose object
        back support; vote ballot; elect choose; resign quit; succeed follow; replace; appoint nominate
        employ engage; hire recruit; train teach; pupil student; school college; illness disease; disorder
        treat cure; dose dosage; patient participant subject; trial study; administer give; adverse harmful
        severe serious; reduce diminish lessen; whole entire; supply deliver furnish; load cargo freight
        parcel package; truck lorry; ship vessel; port harbor harbour; route way path; border frontier
        tax levy duty; fine penalty; law statute act; judge court; sue prosecute; claim assert allege
        evidence proof; breach violate infringe; tenant lessee; landlord lessor; rent lease; loan credit
        debt liability; guarantee warrant secure; transfer convey; assign; destroy erase delete
        preserve conserve; obtain secure gain; invoice bill; payment settlement; tender bid; offer; award grant
        bidder tenderer; criterion standard; weight weighting; score mark rating; evaluate assess
        produce generate make manufacture; consumption usage; electricity power; grid network
        plant station facility; operate run; peak maximum top; storage reservoir; rebuild reconstruct
        enlarge extend expand; demolish; close shut; residential housing; parking carpark; sign signage
        fence barrier; permit license licence; hearing; inquiry; resident inhabitant; mayor; council board
        committee panel; budget; vote; chair head lead preside; attend join; absent missing; abstain; unanimous
        adopt pass; minute record; agenda; debate discuss; permit allow authorize authorise
        prohibit forbid ban disallow; require need; begin start commence launch; end finish conclude
        buy purchase acquire; increase rise grow climb; decrease fall drop decline reduce; approve ratify adopt
        reject refuse deny decline; cost price; firm company business; staff employee personnel worker
        customer client; meeting session; show display; help assist; use utilise utilize; large big; small little
        error fault failure; outage downtime; resolve fix repair remedy; cause trigger lead
        supplier vendor provider; obtain get receive; send submit; owner proprietor; building structure
        car vehicle; yearly annual annually; keep retain maintain; sign execute; deadline due
        find identify discover detect; complete finish; about approximately roughly; revenue turnover sales
        profit earnings; contract agreement; house home dwelling; hold store; occur happen; tell inform notify
        pay remunerate; choose select pick; limit cap ceiling restrict; max maximum; min minimum
        mandatory obligatory compulsory; doctor physician; drug medicine medication; town city municipality
        road street; deliver supply; storage warehouse; quick fast rapid; last final; replace substitute
        appoint name; terminate cancel; extend prolong; exceed surpass; lower cut
    """,
    opposites="""
        lose/keep gain/lose fail/recover permit/prohibit approve/reject increase/decrease open/close begin/end
        enable/disable accept/refuse pass/fail include/exclude before/after above/below buy/sell hire/dismiss
        high/low large/small early/late first/last internal/external public/private mandatory/optional
        mandatory/voluntary temporary/permanent upper/lower maximum/minimum profit/loss win/lose gain/lose
        succeed/fail strengthen/weaken improve/worsen improve/deteriorate add/remove import/export north/south
        east/west northern/southern eastern/western inside/outside indoor/outdoor present/absent
        available/unavailable valid/invalid legal/illegal conforming/nonconforming safe/unsafe
        sufficient/insufficient complete/incomplete planned/unplanned old/new rich/poor strong/weak long/short
        fast/slow hot/cold warm/cool wet/dry full/empty positive/negative active/inactive manual/automatic
        gross/net fixed/variable buyer/seller landlord/tenant lender/borrower employer/employee
        plaintiff/defendant more/less more/fewer over/under grant/deny grant/revoke agree/disagree confirm/deny
        support/oppose attack/defend cause/prevent start/stop continue/stop up/down raise/lower raise/reduce
        accelerate/delay advance/delay exempt/subject fulfil/breach unanimous/divided ahead/behind expand/reduce
        widen/narrow renew/terminate encourage/discourage better/worse highest/lowest largest/smallest
        longest/shortest best/worst oldest/newest
    """,
    forms="""
        rose rise; risen rise; fell fall; fallen fall; grew grow; grown grow; held hold; took take; taken take
        made make; paid pay; sold sell; bought buy; began begin; begun begin; found find; gave give; given give
        sent send; built build; lost lose; won win; led lead; kept keep; met meet; ran run; wrote write
        written write; broke break; broken break; chose choose; chosen choose; drew draw; drawn draw; drove drive
        driven drive; left leave; got get; went go; gone go; came come; saw see; seen see; said say; told tell
        knew know; known know; stood stand; spent spend; shown show; higher high; lower low; larger large
        smaller small; longer long; shorter short; earlier early; later late; shut close; shuts close
        denied deny; denies deny; wider wide; halved halve
    """,
    superlatives="""
        highest lowest largest smallest biggest longest shortest best worst fastest slowest oldest newest latest
        earliest greatest cheapest strongest weakest deepest heaviest lightest widest busiest safest first-ever
        unique sole
    """,
)
