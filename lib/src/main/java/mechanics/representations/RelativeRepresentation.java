package mechanics.representations;

/**
 * A representation relative to some of its own samples, the anchors: sample i becomes the cosines of its features with
 * those of the anchors, n × anchors. Two networks whose representations differ by a rotation and a scale have the same
 * relative representation, so that what is learned on one can be used on the other without any map between them.
 *
 * <p>Cost: n · anchors · d multiply–adds. Source: Moschella et al., "Relative representations enable zero-shot latent
 * space communication" (2023).
 */
public final class RelativeRepresentation {
    private RelativeRepresentation() {}

    /**
     * The cosines with the anchors. Not modified.
     *
     * @param z n × d, rows are samples
     * @param anchors indices of samples
     * @throws IllegalArgumentException if there is no anchor, or a sample whose features are all zero
     */
    public static Representation of(Representation z, int... anchors) {
        if (anchors.length == 0) throw new IllegalArgumentException("anchors = []: expected at least one");
        for (int anchor : anchors) {
            if (anchor < 0 || anchor >= z.samples()) {
                throw new IllegalArgumentException(
                        "anchor = " + anchor + ": expected 0 to " + (z.samples() - 1));
            }
        }
        return new Representation(MutualNeighbors.cosines(z, anchors), z.samples());
    }
}
