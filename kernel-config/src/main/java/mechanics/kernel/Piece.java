package mechanics.kernel;

import java.util.List;

/** A part of a cell that is evaluated in one go. */
sealed interface Piece {

    /** Where it begins in the cell's source. */
    int offset();

    /**
     * One snippet of Java.
     *
     * @param source  as JShell takes it
     * @param unsound cannot be parsed: nothing of the cell is to run
     * @param gap     what of {@code source} is not in the cell
     */
    record Code(int offset, String source, boolean unsound, Gap gap) implements Piece {

        Code(int offset, String source, boolean unsound) { this(offset, source, unsound, Gap.NONE); }
    }

    /**
     * A declaration that stands in until the real one of that name follows. That it fails means nothing.
     *
     * @param source as JShell takes it
     */
    record Provisional(int offset, String source) implements Piece {}

    /** {@code %name arguments}. */
    record LineMagic(int offset, String name, List<String> arguments) implements Piece {}

    /** {@code %%name arguments}, the rest of the cell is the body. */
    record CellMagic(int offset, String name, List<String> arguments, String body) implements Piece {}

    /** Text that was inserted. */
    record Gap(int at, int length) {

        static final Gap NONE = new Gap(0, 0);

        /** The place, before the insertion, of a place after it. */
        int before(int place) {
            return place <= at ? place : Math.max(at, place - length);
        }
    }
}
