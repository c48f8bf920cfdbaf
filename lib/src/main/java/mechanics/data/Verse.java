package mechanics.data;

/**
 * The same sentence in two languages.
 *
 * @param reference book, chapter and verse, such as {@code Genesis 1:1}
 * @param english in English
 * @param spanish in Spanish
 */
public record Verse(String reference, String english, String spanish) {

    /** Book and chapter, such as {@code Genesis 1}: the reference up to its last colon, or all of it. */
    public String chapter() {
        int colon = reference.lastIndexOf(':');
        return colon < 0 ? reference : reference.substring(0, colon);
    }
}
