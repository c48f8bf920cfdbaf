package mechanics.bench;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One line of {@code bench.json}: a work on a number of threads.
 *
 * @param work the name
 * @param threads the number of threads of either side
 * @param oursMs the library's median time
 * @param peer what it is compared with; null where there is none
 * @param peerMs the peer's median time; null where there is none
 * @param ratio oursMs / peerMs
 * @param boundMs the time that the work's matrix products alone take at the measured peak; null where they do not matter
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Row(String work, int threads, double oursMs, String peer, Double peerMs, Double ratio,
        Double boundMs) {}
