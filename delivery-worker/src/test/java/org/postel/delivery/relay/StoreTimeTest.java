package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postel.delivery.Fixture;
import org.postel.delivery.outcome.MessageContent;
import org.postel.delivery.smtp.ScriptedServer;
import org.postel.delivery.smtp.SmtpTimeouts;
import org.postel.delivery.smtp.TlsPolicy;
import org.postel.queue.v1.Failure;
import org.postel.queue.v1.Stage;

/** Our own store is slow, and the destination is not. */
@Timeout(30)
class StoreTimeTest {

    private static final Duration USUAL = Duration.ofSeconds(2);
    private static final byte[] MAIL = Fixture.MAIL.getBytes(StandardCharsets.US_ASCII);

    private final Fixture fixture = new Fixture();
    private final SlowDestinations slow = new SlowDestinations(Duration.ofHours(1));

    /** What it is slow with. */
    private enum Slow {
        ADDRESSES, OPENING, OCTETS
    }

    @ParameterizedTest
    @EnumSource
    void aDestinationIsNotSlowBecauseWeAre(Slow what) throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.take();
            line.answer("221 bye\r\n");
        }); Relayer relayer = relayer(server, what)) {
            relayer.relay(Fixture.message("bob@example.org").toBuilder().setStage(Stage.RELAY).setRelayDomain("example.org").build());
        }
        assertEquals(List.of("relayed"), fixture.queue.steps());
        assertFalse(slow.has("example.org"));
    }

    private Relayer relayer(ScriptedServer server, Slow what) {
        Hop hop = new Hop("mx.example.org", server.address(), 0, TlsPolicy.OFF);
        Suppressions suppressions = new Suppressions() {
            @Override
            public Map<String, Failure> of(List<String> addresses) {
                pause(what == Slow.ADDRESSES);
                return Map.of();
            }

            @Override
            public void add(String address, String reply) {
                throw new IllegalStateException("everybody exists");
            }
        };
        return new Relayer((domain, need) -> new NextHops.Found.Servers(List.of(hop)), suppressions, message -> content(what), fixture.queue,
                fixture.aftermath, fixture.traces, new RelaySettings(SenderIdentities.allAs("mx.example.test"), 1, Duration.ofMillis(20),
                        Duration.ofSeconds(30), SmtpTimeouts.all(Duration.ofMinutes(1), Duration.ofMinutes(2)), new Reuse(1, Duration.ofMinutes(1)),
                        Duration.ofMinutes(1)), Lanes.main(new Openings(USUAL, USUAL, 0), slow, USUAL));
    }

    private static MessageContent content(Slow what) {
        return new MessageContent() {
            @Override
            public long size() {
                return MAIL.length;
            }

            @Override
            public InputStream open() {
                pause(what == Slow.OPENING);
                return new ByteArrayInputStream(MAIL) {
                    @Override
                    public int read(byte[] into, int offset, int length) {
                        pause(what == Slow.OCTETS && pos == 0);
                        return super.read(into, offset, length);
                    }
                };
            }

            @Override
            public byte[] head(int limit) {
                return Arrays.copyOf(MAIL, Math.min(limit, MAIL.length));
            }
        };
    }

    private static void pause(boolean now) {
        try {
            Thread.sleep(now ? USUAL.plusMillis(300) : Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
