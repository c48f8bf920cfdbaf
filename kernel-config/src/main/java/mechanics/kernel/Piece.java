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
     */
    record Code(int offset, String source, boolean unsound) implements Piece {}

    /** {@code %name arguments}. */
    record LineMagic(int offset, String name, List<String> arguments) implements Piece {}

    /** {@code %%name arguments}, the rest of the cell is the body. */
    record CellMagic(int offset, String name, List<String> arguments, String body) implements Piece {}
}
