package mechanics.data;

import java.util.Arrays;

/** The characters of a text, numbered 0, 1, … in the order of Unicode. */
public final class Alphabet {

    private final int[] characters; // ascending

    private Alphabet(int[] characters) { this.characters = characters; }

    /** The distinct characters of a text. */
    public static Alphabet of(String text) {
        return new Alphabet(text.codePoints().sorted().distinct().toArray());
    }

    /** The number of characters. */
    public int size() { return characters.length; }

    /**
     * The numbers of a text's characters.
     *
     * @throws IllegalArgumentException if a character is not of this alphabet
     */
    public int[] encode(String text) {
        return text.codePoints().map(character -> {
            int index = Arrays.binarySearch(characters, character);
            if (index < 0) {
                throw new IllegalArgumentException("text holds '" + Character.toString(character)
                        + "' (U+%04X): expected only characters of the alphabet".formatted(character));
            }
            return index;
        }).toArray();
    }

    /** The text with these numbers. */
    public String decode(int... numbers) {
        StringBuilder text = new StringBuilder();
        for (int number : numbers) {
            if (number < 0 || number >= characters.length) {
                throw new IllegalArgumentException(
                        "number = " + number + ": expected 0 to " + (characters.length - 1));
            }
            text.appendCodePoint(characters[number]);
        }
        return text.toString();
    }

    @Override
    public String toString() { return new String(characters, 0, characters.length); }
}
