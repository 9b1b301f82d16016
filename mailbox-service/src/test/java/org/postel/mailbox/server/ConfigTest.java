package org.postel.mailbox.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.directory.DirectorySettings;
import org.postel.mailbox.events.EventSettings;
import org.postel.mailbox.identity.KeySource;
import org.postel.mailbox.identity.OauthSettings;
import org.postel.mailbox.openid.OpenidSettings;
import org.postel.mailbox.password.Argon2Cost;
import org.postel.mailbox.password.FailureLimitSettings;
import org.postel.mailbox.password.PasswordSettings;
import org.postel.mailbox.page.WebSettings;
import org.postel.mailbox.rpc.RpcSettings;
import org.postel.mailbox.scram.ScramSettings;
import org.postel.mailbox.scram.ScramUse;
import org.postel.mailbox.sending.Limits;
import org.postel.mailbox.signin.SessionLives;
import org.postel.mailbox.transit.TransitSettings;
import org.postel.mailbox.web.PolicyMode;
import org.postel.mailbox.web.PolicySettings;
import org.postel.wire.Network;

class ConfigTest {

    @Test
    void withoutConfigurationAllHasAValue() {
        SmallRyeConfig config = config(Map.of());
        assertEquals(new RpcSettings("127.0.0.1", 9090, 4 << 20, 256 << 10, 2_000, Duration.ofMinutes(5), Duration.ofSeconds(10)),
                config.getConfigMapping(RpcConfig.class).settings());
        assertEquals(new DirectorySettings("+", Optional.empty(), "mail.example.test", Duration.ofSeconds(5), true),
                config.getConfigMapping(DirectoryConfig.class).settings("mail.example.test"));
        assertEquals(new PasswordSettings(new Argon2Cost(19 * 1_024, 2, 1), 4, Duration.ofSeconds(5), Duration.ofMinutes(2), 10_000),
                config.getConfigMapping(LoginConfig.class).passwords());
        assertEquals(new FailureLimitSettings(10, Duration.ofSeconds(30)), config.getConfigMapping(LoginConfig.class).accountLimit());
        assertEquals(new ScramSettings(ScramUse.OFFER, 10_000), config.getConfigMapping(LoginConfig.class).scram().settings());
        assertEquals(Optional.empty(), config.getConfigMapping(OauthConfig.class).settings());
        assertEquals(Optional.empty(), config.getConfigMapping(OauthConfig.class).pages());
        assertEquals(new FailureLimitSettings(100, Duration.ofSeconds(5)), config.getConfigMapping(LoginConfig.class).clientLimit());
        assertEquals(new EventSettings("127.0.0.1:9092", Map.of(), 50_000, Duration.ofSeconds(5), Duration.ofMillis(20), Duration.ofMillis(100)),
                config.getConfigMapping(EventsConfig.class).settings(config.getConfigMapping(QueueConfig.class)));
        assertEquals(new PolicySettings(PolicyMode.TESTING, List.of("mail.example.test"), Duration.ofDays(7)),
                config.getConfigMapping(MtaStsConfig.class).settings("mail.example.test"));
        assertEquals(Limits.NONE, config.getConfigMapping(SendingConfig.class).account().limits());
        assertEquals(Set.of("launcher"), config.getConfigMapping(IdentityConfig.class).adminSubjects());
        assertEquals("", config.getConfigMapping(IdentityConfig.class).settings().subjectPrefix());
        assertEquals(Duration.ofSeconds(60), config.getConfigMapping(LeaseConfig.class).maildrop());
        assertEquals(new TransitSettings(Duration.ofSeconds(5), Duration.ofDays(6), Duration.ofDays(14)),
                config.getConfigMapping(TransitConfig.class).settings());
        assertEquals("127.0.0.1:9092", config.getConfigMapping(QueueConfig.class).settings().bootstrapServers());
    }

    @Test
    void whatIsSetIsTaken() {
        SmallRyeConfig config = config(Map.of(
                "postel.mailbox.directory.separator", "none",
                "postel.mailbox.directory.postmaster", "ops@example.org",
                "postel.mailbox.login.argon2.memory", "64M",
                "postel.mailbox.login.account-failures.burst", "3",
                "postel.mailbox.login.scram.use", "prepare",
                "postel.mailbox.identity.subject-prefix", "system:serviceaccount:mail:",
                "postel.mailbox.identity.admin-subjects", "a,b",
                "postel.mailbox.grpc.port", "0",
                "postel.mailbox.mta-sts.mx", "mx1.example.test,*.mx.example.test",
                "postel.queue.client.\"security.protocol\"", "SSL"));
        assertEquals(new DirectorySettings("", Optional.of("ops@example.org"), "mail.example.test", Duration.ofSeconds(5), true),
                config.getConfigMapping(DirectoryConfig.class).settings("mail.example.test"));
        assertEquals(65_536, config.getConfigMapping(LoginConfig.class).passwords().cost().memoryKib());
        assertEquals(ScramUse.PREPARE, config.getConfigMapping(LoginConfig.class).scram().settings().use());
        assertEquals(3, config.getConfigMapping(LoginConfig.class).accountLimit().burst());
        assertEquals("system:serviceaccount:mail:", config.getConfigMapping(IdentityConfig.class).settings().subjectPrefix());
        assertEquals(List.of("mx1.example.test", "*.mx.example.test"),
                config.getConfigMapping(MtaStsConfig.class).settings("mail.example.test").mx());
        assertEquals(Set.of("a", "b"), config.getConfigMapping(IdentityConfig.class).adminSubjects());
        assertEquals(0, config.getConfigMapping(RpcConfig.class).settings().port());
        assertEquals(Map.of("security.protocol", "SSL"), config.getConfigMapping(QueueConfig.class).client());
        assertEquals(Map.of("security.protocol", "SSL"), config.getConfigMapping(QueueConfig.class).settings().client());
    }

    @Test
    void pagesArePrivateUnlessSomebodySaysOtherwise() {
        WebConfig usual = config(Map.of()).getConfigMapping(WebConfig.class);
        assertEquals(new WebSettings(true, List.of(), ZoneId.of("UTC")), usual.settings());
        assertEquals(new SessionLives(Duration.ofHours(1), Duration.ofHours(12)), usual.lives());
        WebConfig set = config(Map.of("postel.mailbox.web.secure", "false", "postel.mailbox.web.proxies", "10.0.0.0/8,192.0.2.1",
                "postel.mailbox.web.session-idle", "10m", "postel.mailbox.web.session-longest", "1h",
                "postel.mailbox.web.time-zone", "Europe/Paris")).getConfigMapping(WebConfig.class);
        assertEquals(new WebSettings(false, List.of(Network.parse("10.0.0.0/8"), Network.parse("192.0.2.1")), ZoneId.of("Europe/Paris")), set.settings());
        assertEquals(new SessionLives(Duration.ofMinutes(10), Duration.ofHours(1)), set.lives());
        assertThrows(ConfigValidationException.class, () -> config(Map.of("postel.mailbox.web.time-zone", "Europe/Atlantis")));
        refused(Map.of("postel.mailbox.web.session-longest", "2d"), wrong -> wrong.getConfigMapping(WebConfig.class).lives());
    }

    @Test
    void limitsOfSendingAreTaken() {
        SmallRyeConfig config = config(Map.of("postel.mailbox.sending.domain.messages-per-hour", "1",
                "postel.mailbox.sending.domain.recipients-per-day", "2"));
        assertEquals(new Limits(new Limits.Amount(1, 0), new Limits.Amount(0, 2)), config.getConfigMapping(SendingConfig.class).domain().limits());
        refused(Map.of("postel.mailbox.sending.account.messages-per-day", "-1"), wrong -> wrong.getConfigMapping(SendingConfig.class).account().limits());
    }

    @Test
    void anIssuerOfAccessTokensIsTaken() {
        SmallRyeConfig config = config(Map.of("postel.mailbox.oauth.issuer", "https://id.example.test", "postel.mailbox.oauth.jwks", "keys.json",
                "postel.mailbox.oauth.audience", "mail", "postel.mailbox.oauth.scopes", "mail.read,mail.send",
                "postel.mailbox.oauth.account-claim", "preferred_username",
                "postel.mailbox.oauth.openid-configuration", "https://id.example.test/.well-known/openid-configuration"));
        assertEquals(Optional.of(new OauthSettings(
                new KeySource("keys.json", Duration.ofMinutes(5), Duration.ofSeconds(30), Optional.empty(), Optional.empty()),
                "https://id.example.test", "mail", Set.of("mail.read", "mail.send"), "preferred_username",
                Optional.of("https://id.example.test/.well-known/openid-configuration"))), config.getConfigMapping(OauthConfig.class).settings());
        Map<String, String> whole = Map.of("postel.mailbox.oauth.issuer", "i", "postel.mailbox.oauth.jwks", "k", "postel.mailbox.oauth.audience", "a",
                "postel.mailbox.oauth.scopes", "s");
        config(whole).getConfigMapping(OauthConfig.class).settings();
        for (String property : whole.keySet()) {
            Map<String, String> without = new HashMap<>(whole);
            without.remove(property);
            if (!property.endsWith("issuer")) {
                refused(without, broken -> broken.getConfigMapping(OauthConfig.class).settings());
            }
        }
        Map<String, String> quoted = new HashMap<>(whole);
        quoted.put("postel.mailbox.oauth.scopes", "s\"");
        refused(quoted, broken -> broken.getConfigMapping(OauthConfig.class).settings());
    }

    @Test
    void anIssuerForThePagesIsTaken() {
        Map<String, String> whole = Map.of("postel.mailbox.oauth.issuer", "https://id.example.test", "postel.mailbox.oauth.jwks", "keys.json",
                "postel.mailbox.oauth.openid-configuration", "https://id.example.test/.well-known/openid-configuration",
                "postel.mailbox.oauth.sign-in.client-id", "postel", "postel.mailbox.oauth.sign-in.redirect-uri", "https://mail.example.test/sign-in/issuer/answer");
        OauthConfig config = config(whole).getConfigMapping(OauthConfig.class);
        assertEquals(Optional.of(new OpenidSettings("https://id.example.test",
                new KeySource("keys.json", Duration.ofMinutes(5), Duration.ofSeconds(30), Optional.empty(), Optional.empty()),
                URI.create("https://id.example.test/.well-known/openid-configuration"), "postel", Optional.empty(),
                URI.create("https://mail.example.test/sign-in/issuer/answer"), "email", "id.example.test")), config.pages());
        assertEquals(Optional.empty(), config.settings(), "without audience and scopes its access tokens log nobody in");
        for (String property : whole.keySet()) {
            Map<String, String> without = new HashMap<>(whole);
            without.remove(property);
            if (!property.endsWith("client-id")) {
                refused(without, broken -> broken.getConfigMapping(OauthConfig.class).pages());
            }
        }
        Map<String, String> elsewhere = new HashMap<>(whole);
        elsewhere.put("postel.mailbox.oauth.sign-in.redirect-uri", "/sign-in/issuer/answer");
        refused(elsewhere, broken -> broken.getConfigMapping(OauthConfig.class).pages());
        Map<String, String> more = new HashMap<>(whole);
        more.put("postel.mailbox.oauth.audience", "mail");
        refused(more, broken -> broken.getConfigMapping(OauthConfig.class).settings());
        more.put("postel.mailbox.oauth.scopes", "mail");
        more.put("postel.mailbox.oauth.sign-in.name", "Example");
        more.put("postel.mailbox.oauth.sign-in.client-secret-file", "secret");
        assertTrue(config(more).getConfigMapping(OauthConfig.class).settings().isPresent());
        OpenidSettings named = config(more).getConfigMapping(OauthConfig.class).pages().orElseThrow();
        assertEquals("Example secret", named.name() + " " + named.clientSecretFile().orElseThrow());
    }

    @Test
    void whatCannotWorkIsRefused() {
        refused(Map.of("postel.mailbox.grpc.stream-window", "1K"), config -> config.getConfigMapping(RpcConfig.class).settings());
        refused(Map.of("postel.mailbox.grpc.port", "70000"), config -> config.getConfigMapping(RpcConfig.class).settings());
        refused(Map.of("postel.mailbox.directory.postmaster", "nobody"), config -> config.getConfigMapping(DirectoryConfig.class).settings("mail.example.test"));
        refused(Map.of("postel.mailbox.login.argon2.passes", "0"), config -> config.getConfigMapping(LoginConfig.class).passwords());
        refused(Map.of("postel.mailbox.login.scram.iterations", "1000"), config -> config.getConfigMapping(LoginConfig.class).scram().settings());
        refused(Map.of("postel.mailbox.login.client-failures.burst", "0"), config -> config.getConfigMapping(LoginConfig.class).clientLimit());
        refused(Map.of("postel.mailbox.identity.jwks-refresh", "0s"), config -> config.getConfigMapping(IdentityConfig.class).settings());
        for (Map<String, String> wrong : List.of(Map.of("postel.mailbox.mta-sts.mx", "a b"), Map.of("postel.mailbox.mta-sts.max-age", "400d"))) {
            refused(wrong, config -> config.getConfigMapping(MtaStsConfig.class).settings("mail.example.test"));
        }
        refused(Map.of("postel.mailbox.profile.certificate", "chain.pem"), config -> config.getConfigMapping(ProfileConfig.class).signature());
        refused(Map.of("postel.mailbox.profile.burst", "0"), config -> config.getConfigMapping(ProfileConfig.class).limited());
        refused(Map.of("postel.mailbox.transit.queued", "20d"), config -> config.getConfigMapping(TransitConfig.class).settings());
        for (Map<String, String> wrong : List.of(Map.of("postel.mailbox.events.most-waiting", "0"), Map.of("postel.mailbox.events.longest-pause", "-1s"))) {
            refused(wrong, config -> config.getConfigMapping(EventsConfig.class).settings(config.getConfigMapping(QueueConfig.class)));
        }
    }

    private static void refused(Map<String, String> values, Consumer<SmallRyeConfig> use) {
        SmallRyeConfig config = config(values);
        assertThrows(IllegalArgumentException.class, () -> use.accept(config), values::toString);
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(IdentityConfig.class).withMapping(DirectoryConfig.class).withMapping(LoginConfig.class).withMapping(RpcConfig.class)
                .withMapping(OauthConfig.class).withMapping(EventsConfig.class).withMapping(QueueConfig.class).withMapping(LeaseConfig.class).withMapping(TransitConfig.class)
                .withMapping(MtaStsConfig.class).withMapping(ProfileConfig.class).withMapping(SendingConfig.class).withMapping(WebConfig.class)
                .withDefaultValues(values)
                .build();
    }
}
