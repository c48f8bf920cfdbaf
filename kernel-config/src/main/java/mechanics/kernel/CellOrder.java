package mechanics.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The order in which the pieces of a cell are evaluated: as they stand, but a type before what mentions it. JShell takes
 * one snippet at a time; a name that the cell declares further down would mean a type of that name in some library.
 * <p>
 * A sealed type and those it permits need each other. The sealed one comes first as if it were not sealed, then those it
 * permits, then itself. If it does not say which types it permits, it permits those of the cell that extend it, as it
 * would in a file.
 */
final class CellOrder {

    /** Pieces between which nothing changes what names mean: no import, no magic. */
    private final List<Piece.Code> pieces;
    private final Predicate<Piece.Code> known;
    private final Map<String, Integer> places = new HashMap<>();
    private final List<Optional<TypeHeader>> headers = new ArrayList<>();
    private final List<Piece> ordered = new ArrayList<>();
    private final boolean[] placed;

    private CellOrder(List<Piece.Code> pieces, Predicate<Piece.Code> known) {
        this.pieces = new ArrayList<>(pieces);
        this.known = known;
        this.placed = new boolean[pieces.size()];
        for (int i = 0; i < pieces.size(); i++) {
            Optional<TypeHeader> header = TypeHeader.of(pieces.get(i).source());
            headers.add(header);
            if (header.isPresent()) {
                // Of two declarations of a name, what stands between them may mean the first.
                places.merge(header.get().name(), i, (first, second) -> -1);
            }
        }
        places.values().removeIf(place -> place < 0);
    }

    /** @param known whether the session already has a declaration, word for word */
    static List<Piece> of(List<Piece> pieces, Predicate<Piece.Code> known) {
        List<Piece> ordered = new ArrayList<>();
        List<Piece.Code> segment = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece instanceof Piece.Code code && !isImport(code)) {
                segment.add(code);
            } else {
                ordered.addAll(new CellOrder(segment, known).order());
                segment.clear();
                ordered.add(piece);
            }
        }
        ordered.addAll(new CellOrder(segment, known).order());
        return ordered;
    }

    private static boolean isImport(Piece.Code code) {
        return Lexeme.of(code.source()).stream().filter(lexeme -> lexeme.kind() != Lexeme.Kind.COMMENT)
                .findFirst().map(first -> first.text(code.source()).equals("import")).orElse(false);
    }

    private List<Piece> order() {
        if (places.isEmpty()) {
            return List.copyOf(pieces);
        }
        for (int i = 0; i < pieces.size(); i++) {
            headers.get(i).filter(TypeHeader::sealed).ifPresent(this::permit);
        }
        for (int i = 0; i < pieces.size(); i++) {
            place(i);
        }
        return ordered;
    }

    /** A type that says non-sealed would be wrong without a sealed one above it: then the sealed type comes first, once. */
    private boolean isOpenBelow(TypeHeader sealed) {
        return subtypes(sealed).stream().map(places::get).filter(Objects::nonNull)
                .anyMatch(place -> headers.get(place).orElseThrow().open());
    }

    private Set<String> subtypes(TypeHeader sealed) {
        return headers.stream().flatMap(Optional::stream)
                .filter(header -> header.supertypes().contains(sealed.name())).map(TypeHeader::name)
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    private void permit(TypeHeader sealed) {
        Integer place = places.get(sealed.name());
        Set<String> subtypes = subtypes(sealed);
        if (place == null || sealed.permitting() || subtypes.isEmpty()) {
            return;
        }
        Piece.Code code = pieces.get(place);
        String clause = "permits " + String.join(", ", subtypes) + " ";
        pieces.set(place, new Piece.Code(code.offset(),
                code.source().substring(0, sealed.body()) + clause + code.source().substring(sealed.body()),
                code.unsound(), new Piece.Gap(sealed.body(), clause.length())));
        headers.set(place, TypeHeader.of(pieces.get(place).source()));
    }

    private void place(int i) {
        headers.get(i).ifPresent(this::placeSealedAbove);
        if (placed[i]) {
            return;
        }
        placed[i] = true;
        Piece.Code code = pieces.get(i);
        if (headers.get(i).filter(header -> header.sealed() && isOpenBelow(header)).isPresent()) {
            ordered.add(code);
            return;
        }
        headers.get(i).filter(header -> header.sealed() && !subtypes(header).isEmpty() && !known.test(code))
                .ifPresent(header -> ordered
                        .add(new Piece.Provisional(code.offset(), unsealed(header, code.source()))));
        for (String name : TypeHeader.mentions(code.source())) {
            Integer place = places.get(name);
            if (place != null && place != i) {
                place(place);
            }
        }
        ordered.add(code);
    }

    /** The sealed types of the cell that a type extends bring it with them. */
    private void placeSealedAbove(TypeHeader header) {
        for (String name : header.supertypes()) {
            Integer place = places.get(name);
            if (place != null && !placed[place] && headers.get(place).orElseThrow().sealed()) {
                place(place);
            }
        }
    }

    private static String unsealed(TypeHeader header, String source) {
        String before = source.substring(0, header.body());
        return before.replaceFirst("\\bsealed\\b", "").replaceFirst("\\bpermits\\b[^{]*$", "")
                + source.substring(header.body());
    }
}
