package mechanics.data;

/**
 * The same sentence in two languages.
 *
 * @param reference book, chapter and verse, such as {@code Genesis 1:1}
 * @param english in English
 * @param spanish in Spanish
 */
public record Verse(String reference, String english, String spanish) {}
