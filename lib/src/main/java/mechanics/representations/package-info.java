/**
 * Two representations of the same samples compared: {@link mechanics.representations.Cka},
 * {@link mechanics.representations.CanonicalCorrelation}, {@link mechanics.representations.ShapeDistance},
 * {@link mechanics.representations.RepresentationalSimilarity}, {@link mechanics.representations.MutualNeighbors},
 * {@link mechanics.representations.SoftMatching}, {@link mechanics.representations.Stitching},
 * {@link mechanics.representations.RelativeRepresentation}; and how many dimensions one has:
 * {@link mechanics.representations.ParticipationRatio}.
 */
package mechanics.representations;
