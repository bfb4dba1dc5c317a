"""The German words that decide."""

from quire.nodes.support.word_lists import WordLists

GERMAN_WORDS = WordLists(
    language="de",
    negators="nicht nie niemals ohne weder",
    negators_of_nouns="kein keine keiner keinem keinen keines statt anstatt",
    ending="enden aufhören erlöschen verfallen auslaufen ablehnen verweigern entfallen",
    causes="weil; wegen; aufgrund; infolge; verursacht durch; dank; auf grund",
    conditions="wenn falls sofern außer ausgenommen sobald bis vorbehaltlich soweit solange",
    conditions_of_rules="mit unter ohne nur nach vor",
    movable="""
        in im am an auf bei mit nach vor seit bis während wegen wenn weil durch für von zum zur zu über unter
        zwischen aus gegen um ab laut gemäß falls sofern beim vom aufgrund ins
    """,
    may="darf dürfen durfte durften kann können konnte könnte",
    should="soll sollen sollte sollten",
    must="muss müssen musste mussten",
    all_="""
        alle allen aller ganze ganzen ganzer ganzes ganzem jede jeder jedes jedem jeden sämtliche sämtlicher immer
        stets
    """,
    most="meisten meist mehrheit überwiegend üblicherweise gewöhnlich normalerweise",
    many="viele vielen vieler zahlreiche oft häufig",
    some="einige einigen einiger manche mehrere mehreren",
    few="wenige wenigen selten",
    none="nie niemals",
    only="nur ausschließlich lediglich allein",
    half="hälfte",
    boundaries="und während aber wobei sondern wohingegen",
    stops="und während aber",
    passive="wird werden wurde wurden worden ist sind",
    by="von vom durch",
    listing="und oder sowie",
    places="am im um für nach vor seit bis mit",
    ordinals="erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte",
    ordinal_endings="/n/r/s/m",
    function="""
        statt anstatt fast knapp rund etwa beinahe zudem gilt außerdem ferner weiterhin überdies jeweils weiteren
        der die das den dem des ein eine einer
        eines einem einen und oder aber denn doch sondern wie als von zu zum zur in im ins an am auf aus bei beim
        mit nach vor über unter zwischen durch für gegen ohne um bis seit während wegen es er sie wir ihr ihre
        ihrer ihres ihrem ihren sein seine seiner seines seinem seinen dieser diese dieses diesem diesen jener
        jene jenes welcher welche welches was wer wo wann dass daß ob wenn weil da damit so ist sind war waren
        wird werden wurde wurden worden hat haben hatte hatten sei seien bin kann können konnte konnten muss
        müssen musste mussten darf dürfen durfte soll sollen sollte sollten nicht kein keine keiner keinem keinen
        keines auch nur noch schon sich man sehr mehr je pro vom zwar dabei dort hier dann dies davon dazu daher
        beträgt betragen
    """,
    reporting="""
        dauern dauert dauerte liegen liegt lag ändern änderte ändert belaufen beläuft erreichen erreicht
        zusammen insgesamt erreichte umfassen umfasst umfasste wert zahl anzahl höhe angeben nennen nennt gibt laut
        gemäß aufführen
        bericht zeigen zeigt dokument quelle beschreiben erwähnen vermerken angegeben genannt
    """,
    synonyms="""
        übernehmen übernahm erwarb kaufen kaufte; informieren informierte benachrichtigen benachrichtigte
        unterrichten verständigen; abschalten abgeschaltet stilllegen stillgelegt
        steigen stieg wachsen wuchs zunehmen; zunahm; sinken sank fallen zurückgehen ging
        prüfen geprüft kontrollieren kontrolliert untersuchen untersucht
        stornieren storniert absagen abgesagt widerrufen; fertigen herstellen produzieren
        beschließen beschlossen; verabschieden verabschiedet; verschieben verschoben vertagen vertagt
        ausfallen versagen; beginnen begann starten; startete eröffnet; enden endete schließen
        liefern lieferte zustellen; zahlen bezahlen entrichten; betroffen; beeinträchtigt; beschädigt defekt
        wechseln tauschen ersetzen; bauen errichten errichtet gebaut; teilnehmen; mitwirken; fordern verlangen
        vorschlagen empfehlen; beauftragen; leiten führen; bestätigen bestätigt
        erlauben gestatten zulassen erlaubt zulässig gestattet
        verbieten untersagen verboten unzulässig untersagt; beginnen starten anfangen begann; enden endet
        kaufen erwerben erwarb; steigen wachsen zunehmen erhöhen stieg
        sinken fallen abnehmen zurückgehen sank fiel; genehmigen billigen bewilligen
        ablehnen verweigern abgelehnt; firma unternehmen betrieb; mitarbeiter beschäftigte personal
        kunde auftraggeber; sitzung versammlung; fehler störung; ausfall; umsatz erlös; gewinn ergebnis
        vertrag vereinbarung; frist termin; preis kosten; gebäude bauwerk; stadt kommune gemeinde
        lieferant anbieter; jährlich; wohnung; verwenden nutzen einsetzen benutzen; erhalten bekommen
        feststellen ermitteln; maximal höchstens; mindestens wenigstens
    """,
    opposites="""
        erlauben/verbieten genehmigen/ablehnen steigen/sinken öffnen/schließen beginnen/enden kaufen/verkaufen
        hoch/niedrig groß/klein früh/spät intern/extern öffentlich/privat vorübergehend/dauerhaft gewinn/verlust
        obere/untere innen/außen vorher/nachher vor/nach über/unter alt/neu stark/schwach lang/kurz
        schnell/langsam warm/kalt aktiv/inaktiv voll/leer positiv/negativ brutto/netto käufer/verkäufer
        mieter/vermieter annehmen/ablehnen aktivieren/deaktivieren mehr/weniger nördlich/südlich östlich/westlich
        norden/süden osten/westen maximal/mindestens verlängern/verkürzen verbessern/verschlechtern
        zustimmen/widersprechen freiwillig/verpflichtend pflicht/freiwillig gültig/ungültig
        vollständig/unvollständig einstimmig/mehrheitlich erhöhen/senken zunehmen/abnehmen ein/aus
        höchste/niedrigste größte/kleinste
    """,
    forms="",
    superlatives="""
        höchste höchsten höchster höchstes niedrigste niedrigsten niedrigster niedrigstes größte größten größter
        größtes kleinste kleinsten kleinster kleinstes längste längsten längster längstes kürzeste kürzesten
        kürzester kürzestes beste besten bester bestes schlechteste schlechtesten schlechtester schlechtestes
        schnellste schnellsten schnellster schnellstes langsamste langsamsten langsamster langsamstes älteste
        ältesten ältester ältestes neueste neuesten neuester neuestes stärkste stärksten stärkster stärkstes
        schwächste schwächsten schwächster schwächstes teuerste teuersten teuerster teuerstes günstigste
        günstigsten günstigster günstigstes billigste billigsten billigster billigstes tiefste tiefsten tiefster
        tiefstes schwerste schwersten schwerster schwerstes einzige einzigen einziger einziges meiste meisten
        meister meistes häufigste häufigsten häufigster häufigstes wichtigste wichtigsten wichtigster wichtigstes
    """,
)
