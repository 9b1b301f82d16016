package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.delivery.Fixture;
import org.postel.delivery.smtp.ScriptedServer;
import org.postel.delivery.smtp.SmtpTimeouts;
import org.postel.delivery.smtp.TlsPolicy;

/** An operator may want no chunks: then all goes on as with a server that takes none. */
class ChunkedRelayTest {

    private final Fixture fixture = new Fixture();

    @ParameterizedTest
    @CsvSource({"true, BDAT", "false, DATA"})
    void chunksGoWhereTheyAreWanted(boolean chunking, String verb) throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("CHUNKING");
            line.answer("250 ok\r\n");
            line.answer("250 ok\r\n");
            heard.complete(line.answer("451 4.3.0 that is enough\r\n").split(" ")[0]);
        })) {
            NextHops hops = (domain, need) -> new NextHops.Found.Servers(List.of(new Hop("mx.example.org", server.address(), 0, TlsPolicy.OFF)));
            RelaySettings settings = new RelaySettings(SenderIdentities.allAs("mx.example.test"), 1, Duration.ofMillis(50), Duration.ofSeconds(30),
                    SmtpTimeouts.all(Duration.ofSeconds(5), Duration.ofSeconds(20)), new Reuse(1, Duration.ZERO), Duration.ofMinutes(1), chunking);
            try (Relayer relayer = new Relayer(hops, new SuppressionsInMemory(), fixture.contents, fixture.queue, fixture.aftermath, fixture.traces,
                    settings, AsUsual.lanes())) {
                relayer.relay(Fixture.message("bob@example.org").toBuilder().setRelayDomain("example.org").build());
            }
            assertEquals(verb, heard.get(5, TimeUnit.SECONDS));
        }
    }
}
