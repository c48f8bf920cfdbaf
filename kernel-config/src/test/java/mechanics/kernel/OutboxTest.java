package mechanics.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutboxTest {

    /** Remembers what is sent. */
    private static final class Messages implements Outbox.Destination {

        private final List<String> sent = new ArrayList<>();

        @Override
        public void output(String text) { sent.add("out " + text); }

        @Override
        public void error(String text) { sent.add("err " + text); }
    }

    private final Outbox outbox = new Outbox();
    private final Messages messages = new Messages();

    @Test
    void streamsAndMessagesKeepTheirOrder() {
        outbox.attach(messages);
        outbox.send(() -> {
            // On the sending thread, nothing is sent in between.
            outbox.out().print("a");
            outbox.out().print("b");
            outbox.err().print("c");
            outbox.out().print("d");
        });
        outbox.send(() -> messages.sent.add("message"));
        assertEquals(List.of("out ab", "err c", "out d", "message"), messages.sent);
    }

    @Test
    void aCharacterSplitBetweenWritesArrivesWhole() {
        outbox.attach(messages);
        for (byte b : "😀é".getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            outbox.out().write(b);
            outbox.flush();
        }
        assertEquals("😀é",
                messages.sent.stream().map(text -> text.substring(4)).collect(Collectors.joining()));
    }

    @Test
    void textBelongsToTheDestinationOfItsTime() {
        Messages second = new Messages();
        outbox.attach(messages);
        outbox.out().print("1");
        outbox.attach(second);
        outbox.out().print("2");
        outbox.flush();
        assertEquals(List.of("out 1"), messages.sent);
        assertEquals(List.of("out 2"), second.sent);
    }

    @Test
    void streamsThatAlternateFastKeepTheirOrder() {
        outbox.attach(messages);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            outbox.out().print(i);
            outbox.err().print(i);
            expected.append("out ").append(i).append("err ").append(i);
        }
        outbox.flush();
        assertEquals(expected.toString(), String.join("", messages.sent));
    }

    @Test
    void aStreamThatACellClosesStaysOpen() {
        outbox.attach(messages);
        outbox.out().close();
        outbox.out().print("after");
        outbox.flush();
        assertEquals(List.of("out after"), messages.sent);
    }

    @Test
    void aThreadThatPrintsWithoutEndKeepsNobodyWaiting() throws InterruptedException {
        outbox.attach(messages);
        var on = new AtomicBoolean(true);
        List<Thread> threads = Stream.of(outbox.out(), outbox.err())
                .map(stream -> Thread.ofPlatform().start(() -> {
                    while (on.get()) {
                        stream.println("noise");
                    }
                })).toList();
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int i = 0; i < 50; i++) {
                outbox.flush();
            }
        });
        on.set(false);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void manyLinesAreFewMessagesAndLoseNothing() {
        outbox.attach(messages);
        for (int i = 0; i < 100_000; i++) {
            outbox.out().println(i);
        }
        outbox.flush();
        String all = messages.sent.stream().map(text -> text.substring(4)).collect(Collectors.joining());
        assertEquals(100_000, all.lines().count());
        assertTrue(messages.sent.size() < 1000, () -> messages.sent.size() + " messages");
    }

    @Test
    void anInterruptedThreadStillSendsAndStaysInterrupted() {
        outbox.attach(messages);
        Thread.currentThread().interrupt();
        outbox.send(() -> messages.sent.add("message"));
        assertTrue(Thread.interrupted());
        assertEquals(List.of("message"), messages.sent);
    }
}
