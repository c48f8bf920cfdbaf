package mechanics.data;

import java.util.List;
import java.util.Map;

/** The same text in many languages. */
public final class Languages {

    private static final Map<String, String> HANDBOOK = Map.of("ca-ES", "Catalan", "de-DE", "German", "en-US",
            "English", "es-ES", "Spanish", "fr-FR", "French", "id-ID", "Indonesian", "it-IT", "Italian",
            "nb-NO",
            "Norwegian", "pt-BR", "Portuguese", "ru-RU", "Russian");

    private static final Map<String, String> DECLARATION = Map.ofEntries(Map.entry("arb", "Arabic"),
            Map.entry("cmn_hans", "Chinese"), Map.entry("deu_1996", "German"),
            Map.entry("ell_monotonic", "Greek"),
            Map.entry("eng", "English"), Map.entry("eus", "Basque"), Map.entry("fin", "Finnish"),
            Map.entry("fra", "French"), Map.entry("heb", "Hebrew"), Map.entry("hin", "Hindi"),
            Map.entry("hun", "Hungarian"), Map.entry("ind", "Indonesian"), Map.entry("isl", "Icelandic"),
            Map.entry("ita", "Italian"), Map.entry("jpn", "Japanese"), Map.entry("kor", "Korean"),
            Map.entry("lat_1", "Latin"), Map.entry("nld", "Dutch"), Map.entry("pol", "Polish"),
            Map.entry("por_PT", "Portuguese"), Map.entry("rus", "Russian"), Map.entry("spa", "Spanish"),
            Map.entry("swh", "Swahili"), Map.entry("tha", "Thai"), Map.entry("tur", "Turkish"),
            Map.entry("vie", "Vietnamese"));

    private Languages() {}

    /**
     * The Debian Administrator's Handbook (Hertzog and Mas) in 10 languages, 67,000 to 147,000 words each:
     * prose paragraphs only, without code and without what is not translated.
     *
     * @return in alphabetical order of the languages' English names
     */
    public static List<Text> handbook() {
        return texts("The Debian Administrator's Handbook", HANDBOOK, "languages/debian_handbook_",
                ".txt.gz");
    }

    /**
     * The Universal Declaration of Human Rights in 26 languages, 3,000 to 13,000 characters each.
     *
     * @return in alphabetical order of the languages' English names
     */
    public static List<Text> humanRights() {
        return texts("Universal Declaration of Human Rights", DECLARATION, "languages/udhr/", ".txt");
    }

    private static List<Text> texts(String title, Map<String, String> languages, String prefix,
            String suffix) {
        return languages.entrySet().stream().sorted(Map.Entry.comparingByValue())
                .map(entry -> new Text(title, entry.getValue(),
                        DataFile.text(ProjectFolder.dataset(prefix + entry.getKey() + suffix))))
                .toList();
    }
}
