package mechanics.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.base.Seed;

/** Kernels on rows and patches against plain loops, at widths around those of vectors. */
class RowKernelsTest {
    private static Array gaussian(Precision precision, int length, int seed) {
        Array array = precision.array(length);
        array.fillGaussian(Seed.of(seed).stream("data"), 1);
        return array;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 15, 16, 17, 33, 64})
    void softmaxIsTheExponentialOverItsSum(int width) {
        for (Precision precision : Precision.values()) {
            Array x = gaussian(precision, 5 + 3 * width, width);
            double[] before = x.toDoubles();
            Softmax.rows(x, 5, 3, width, false);
            for (int i = 0; i < 3; i++) {
                double total = 0;
                for (int j = 0; j < width; j++) total += Math.exp(before[5 + i * width + j]);
                for (int j = 0; j < width; j++) {
                    assertEquals(Math.exp(before[5 + i * width + j]) / total, x.get(5 + i * width + j),
                            10 * precision.unitRoundoff());
                }
            }
            for (int j = 0; j < 5; j++) assertEquals(before[j], x.get(j));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void causalSoftmaxIsThatOfTheFirstColumns(Precision precision) {
        Array x = gaussian(precision, 20 * 20, 1);
        Array full = x.copy();
        Softmax.rows(x, 0, 20, 20, true);
        for (int i = 0; i < 20; i++) {
            Array row = full.view(i * 20, i + 1);
            Softmax.rows(row, 0, 1, i + 1, false);
            assertArrayEquals(row.toDoubles(), x.view(i * 20, i + 1).toDoubles(),
                    4 * precision.unitRoundoff());
            for (int j = i + 1; j < 20; j++) assertEquals(0, x.get(i * 20 + j));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16, 37})
    void columnsAreStandardizedAsTheRowsOfTheTranspose(int rows) {
        int columns = 5;
        Array x = gaussian(Precision.FLOAT64, rows * columns, rows);
        Array transposed = Precision.FLOAT64.array(rows * columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) transposed.set(j * rows + i, x.get(i * columns + j));
        }
        Array a = x.like(x.length());
        Array b = x.like(x.length());
        Array r = x.like(columns);
        Array s = x.like(columns);
        Standardization.columns(x, 0.1, a, r, new double[2 * columns]);
        Standardization.rows(transposed, 0.1, b, s);
        assertArrayEquals(s.toDoubles(), r.toDoubles(), 1e-13);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++)
                assertEquals(b.get(j * rows + i), a.get(i * columns + j), 1e-13);
        }
    }

    @Test
    void scatterIsTheAdjointOfGather() {
        int[] index = {2, 0, 2, 1, 4};
        Array table = gaussian(Precision.FLOAT64, 5 * 3, 1);
        Array u = gaussian(Precision.FLOAT64, 5 * 3, 2);
        Array rows = u.like(15);
        Rows.gather(2, table, index, 5, 3, 0, rows);
        Array back = u.like(15);
        Rows.scatter(2, u, index, 5, 3, back);
        assertEquals(u.dot(rows), back.dot(table), 1e-13);
    }

    @Test
    void foldIsTheAdjointOfUnfoldAndSpreadThatOfSum() {
        var patches = new Patches(5, 4, 2, 3, 2, 1);
        Array images = gaussian(Precision.FLOAT64, 3 * patches.pixels(), 1);
        Array rows = images.like(2 * patches.positions() * patches.entries());
        patches.unfold(images, 1, 2, rows);
        Array u = gaussian(Precision.FLOAT64, rows.length(), 2);
        Array back = images.copy();
        patches.fold(u, 0, back, 1, 2);
        back.view(0, patches.pixels()).fill(0);
        assertEquals(u.dot(rows), back.dot(images), 1e-12);

        var pool = new Patches(5, 4, 2, 3, 1, 0);
        Array sums = images.like(3 * pool.positions() * 2);
        pool.sum(0.5, images, 0, sums);
        Array v = gaussian(Precision.FLOAT64, sums.length(), 3);
        Array spread = images.like(images.length());
        pool.spread(0.5, v, 0, spread);
        assertEquals(v.dot(sums), spread.dot(images), 1e-12);
    }

    @Test
    void partsCoverTheWorkOnceAndErrorsComeThrough() {
        for (int parts : new int[]{1, 2, 3, 5}) {
            var done = new int[13];
            var work = new Parallel((part, of) -> {
                for (int i = Parallel.start(13, part, of); i < Parallel.start(13, part + 1, of); i++)
                    done[i]++;
            });
            work.run(parts);
            work.run(parts);
            assertArrayEquals(IntStream.generate(() -> 2).limit(13).toArray(), done);
        }
        var broken = new Parallel((part, _) -> {
            if (part == 1) throw new IllegalStateException("part 1");
        });
        assertThrows(IllegalStateException.class, () -> broken.run(2));
    }

    @Test
    void blocksOutsideTheirArrayAreRefused() {
        Array x = Precision.FLOAT32.array(10);
        assertThrows(IllegalArgumentException.class, () -> Softmax.rows(x, 1, 2, 5, false));
        assertThrows(IllegalArgumentException.class, () -> Rows.block(x, 0, 5, 0, x, 6, 5, 1, 5));
        assertThrows(IllegalArgumentException.class,
                () -> Rows.multiply(1, x, Precision.FLOAT32.array(3), 0, x));
        assertThrows(IllegalArgumentException.class,
                () -> Standardization.rows(x, 1, x, Precision.FLOAT32.array(3)));
        assertThrows(IllegalArgumentException.class,
                () -> new Patches(4, 4, 1, 2, 2, 0).unfold(x, 0, 1, Precision.FLOAT32.array(16)));
    }
}
