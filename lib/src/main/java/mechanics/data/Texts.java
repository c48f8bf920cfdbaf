package mechanics.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** English novels, and a book in two languages line by line. */
public final class Texts {

    private static final int VERSES = 31_077;

    private Texts() {}

    /** The six novels of Jane Austen (1811–1817), 4.0 million characters. */
    public static Text austen() {
        return novel("Jane Austen, six novels", "austen_six_novels.txt.gz");
    }

    /** Herman Melville, Moby-Dick (1851), 1.2 million characters. */
    public static Text mobyDick() {
        return novel("Herman Melville, Moby-Dick", "moby_dick.txt.gz");
    }

    /**
     * 31,077 verses of the Bible in English and Spanish, from the World English Bible and the Reina-Valera
     * of 1909.
     */
    public static List<Verse> verses() {
        return verses(ProjectFolder.dataset("text/verses_en_es.tsv.gz"), VERSES);
    }

    /**
     * All English of the three above, {@linkplain Text#folded folded} to 36 characters, one after another: 9.2 million
     * characters for language models. Cost: about a second.
     */
    public static Text english() {
        String verses = verses().stream().map(Verse::english).collect(Collectors.joining(" "));
        String all = String.join(" ", austen().content(), verses, mobyDick().content());
        return new Text("Austen, verses and Moby-Dick", "English", all).folded();
    }

    static List<Verse> verses(Path file, int expected) {
        List<String> lines = DataFile.text(file).lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals("verse\ten\tes")) {
            throw new DataFileException(file, "expected a first line with verse, en and es, parted by tabs");
        }
        List<Verse> verses = new ArrayList<>(lines.size() - 1);
        for (int i = 1; i < lines.size(); i++) {
            String[] fields = lines.get(i).split("\t", -1);
            if (fields.length != 3 || fields[0].isBlank() || fields[1].isBlank() || fields[2].isBlank()) {
                throw new DataFileException(file,
                        "line " + (i + 1) + ": expected a reference, English and Spanish, parted by tabs");
            }
            verses.add(new Verse(fields[0], fields[1], fields[2]));
        }
        if (verses.size() != expected) {
            throw new DataFileException(file, verses.size() + " verses: expected " + expected);
        }
        return List.copyOf(verses);
    }

    private static Text novel(String title, String file) {
        return new Text(title, "English", DataFile.text(ProjectFolder.dataset("text/" + file)));
    }
}
