package org.postel.smtp.server;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.postel.clients.ClientActivity;
import org.postel.clients.ClientRates;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Mailbox;
import org.postel.smtp.command.AcceptedMessage;
import org.postel.smtp.command.AuthCommand;
import org.postel.smtp.command.Content;
import org.postel.smtp.command.ContentLimits;
import org.postel.smtp.command.DataCommand;
import org.postel.smtp.command.FakeAuthenticator;
import org.postel.smtp.command.FakeContentStore;
import org.postel.smtp.command.FakeDirectory;
import org.postel.smtp.command.FakeGreylist;
import org.postel.smtp.command.FakeQueue;
import org.postel.smtp.command.MailCommand;
import org.postel.smtp.command.MessageIntake;
import org.postel.smtp.command.RcptCommand;
import org.postel.smtp.command.TraceLine;
import org.postel.smtp.policy.HeaderRules;
import org.postel.smtp.policy.OwnAddresses;
import org.postel.smtp.policy.RelayForLogins;
import org.postel.smtp.rate.RecipientRate;
import org.postel.tracing.SpansInMemory;
import org.postel.wire.ByteBudget;
import org.postel.wire.LineClient;
import org.postel.wire.TestCertificate;

/** The real ports and sessions on free ports, over fakes. */
final class TestGateway implements AutoCloseable {

    static final String HOST = "mx.example.test";
    static final int BUDGET = 64 << 20;

    final FakeDirectory directory = new FakeDirectory();
    final FakeAuthenticator authenticator = new FakeAuthenticator();
    final FakeQueue queue = new FakeQueue();
    final FakeGreylist greylist = new FakeGreylist();
    final FakeContentStore store = new FakeContentStore();
    final ByteBudget budget = new ByteBudget(BUDGET);
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final SpansInMemory spans = new SpansInMemory();
    final TestCertificate certificate;
    final ClientRates rates;
    final SmtpPorts ports;
    private final Vertx vertx = Vertx.vertx();

    /** @param overrides properties of postel.smtp, without the prefix */
    TestGateway(Map<String, String> overrides) throws IOException {
        this(overrides, Map.of("enabled", "false"));
    }

    /** @param trust properties of postel.smtp.trust, without the prefix */
    TestGateway(Map<String, String> overrides, Map<String, String> trust) throws IOException {
        this(overrides, trust, Map.of());
    }

    /** @param filter properties of postel.smtp.filter, without the prefix */
    TestGateway(Map<String, String> overrides, Map<String, String> trust, Map<String, String> filter) throws IOException {
        Map<String, String> values = new HashMap<>(Map.of("mx-port", "0", "submission-port", "0", "submissions-port", "0",
            "max-message-size", "2M", "min-data-rate", "1", "auth-delay", "0s"));
        values.putAll(overrides);
        SmtpConfig config = Configs.smtp(values);
        certificate = OneCertificate.FOR_ALL;
        // Tests of other things open as many connections as they like.
        boolean limited = overrides.keySet().stream().anyMatch(name -> name.startsWith("rate."));
        rates = new ClientRates(new ClientActivity(config.maxConnectionsPerAddress(), config.rate().connections(), config.rate().recipients()),
            Duration.ofMinutes(1), client -> !limited, System::nanoTime);
        ports = new SmtpPorts(config, HOST, commands(config, Configs.read(TrustConfig.class, "postel.smtp.trust.", trust),
            Configs.read(FilterConfig.class, "postel.smtp.filter.", filter)), Optional.of(certificate.load()), vertx, registry,
            rates, spans.tracing());
        ports.open();
    }

    // Making one takes a second.
    private static final class OneCertificate {

        private static final TestCertificate FOR_ALL = make();

        private static TestCertificate make() {
            try {
                return TestCertificate.in(Files.createTempDirectory("postel-smtp-test"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Commands commands(SmtpConfig config, TrustConfig trust, FilterConfig filter) throws IOException {
        ContentLimits limits = new ContentLimits((int) config.inlineLimit().asLongValue(), (int) config.maxHeaderSize().asLongValue(),
            config.maxMessageSize().asLongValue());
        Checks checks = Checks.of(trust, filter, greylist, HOST, limits.header(), Clock.systemUTC());
        try {
            MessageIntake intake = new MessageIntake(queue, store, checks.rules(new HeaderRules(config.maxHops(), HOST, Clock.systemUTC())),
                (login, recipients) -> Optional.empty(), checks.inspector(), new SharedBudget(budget, config.contentBudgetTimeout()), limits,
                new TraceLine(HOST, config.hideClientAddress()), Clock.systemUTC());
            return new Commands(new MailCommand(new OwnAddresses()),
                new RcptCommand(directory, new RelayForLogins(), Mailbox.parse("postmaster@example.test"), Optional.empty(), checks.strangers(),
                    new RecipientRate(rates).and(checks.clients())),
                new DataCommand(intake), new AuthCommand(authenticator), intake);
        } catch (AddressSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A client of the MX port that has read the greeting. */
    LineClient mx() throws IOException {
        return greeted(LineClient.connect(ports.bound().get(0)));
    }

    /** A client of the submission port that has read the greeting. */
    LineClient submission() throws IOException {
        return greeted(LineClient.connect(ports.bound().get(1)));
    }

    /** A client of the TLS port that has read the greeting. */
    LineClient submissions() throws IOException {
        return greeted(LineClient.connectTls(ports.bound().get(2), certificate));
    }

    /** A client of the LMTP port, where there is one, that has read the greeting. */
    LineClient lmtp() throws IOException {
        LineClient client = LineClient.connect(ports.bound().getLast());
        client.expect("220 ");
        return client;
    }

    private static LineClient greeted(LineClient client) throws IOException {
        client.expect("220 " + HOST + " ESMTP");
        return client;
    }

    /** Says EHLO and reads the answer. */
    static LineClient ehlo(LineClient client) throws IOException {
        client.send("EHLO client.example.org");
        String line = client.expect("250-");
        while (line.startsWith("250-")) {
            line = client.expect("250");
        }
        return client;
    }

    /** What a message was, as text of single octets; inline ones only. */
    static String text(AcceptedMessage message) {
        return message.content() instanceof Content.Inline(byte[] octets) ? new String(octets, StandardCharsets.ISO_8859_1) : "";
    }

    @Override
    public void close() {
        ports.close();
        vertx.close();
    }
}
