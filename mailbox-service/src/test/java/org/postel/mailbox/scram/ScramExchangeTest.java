package org.postel.mailbox.scram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.mailbox.scram.ScramExchange.Challenge;
import org.postel.mailbox.scram.ScramExchange.First;
import org.postel.mailbox.scram.ScramExchange.Opened;

class ScramExchangeTest {

    private static final int ITERATIONS = 4_096;
    private static final byte[] BOUND = "what this connection alone has".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, byte[]> TLS = Map.of("tls-exporter", BOUND, "tls-server-end-point", "a certificate".getBytes(StandardCharsets.UTF_8));
    private static final Map<String, byte[]> CLEAR = Map.of();

    private final ScramKeys keys = ScramKeys.of("pencil", ITERATIONS).orElseThrow();
    private final ScramExchange exchange = exchange("the same on all pods", Clock.systemUTC());

    /** RFC 7677 §3. */
    @Test
    void theExampleOfTheRfc() {
        ScramKeys example = ScramKeys.of("pencil", 4_096, Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==")).orElseThrow();
        Opened opened = new Opened(new ScramState(Instant.MAX, "imap", "", "user", octets("n,,"),
                "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0", "n=user,r=rOprNGfwEbeRWgbNEkqO"));
        Optional<byte[]> proved = exchange.proved(opened,
                octets("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="), example);
        assertEquals("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", new String(proved.orElseThrow(), StandardCharsets.UTF_8));
        assertEquals(ScramKeys.parse(example.written()).written(), example.written());
        assertTrue(example.written().startsWith("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"));
    }

    @Test
    void whoHasThePasswordIsInAndSeesThatWeHaveItsKeys() {
        ScramClient client = ScramClient.of("user", "pencil");
        assertTrue(client.believes(run(client, false, CLEAR).orElseThrow()));
        assertTrue(run(ScramClient.of("user", "pencils"), false, CLEAR).isEmpty());
    }

    @Test
    void anotherPodGoesOnWithTheExchange() {
        ScramClient client = ScramClient.of("user", "pencil");
        Challenge challenge = challenge(client, false, CLEAR).orElseThrow();
        ScramExchange other = exchange("the same on all pods", Clock.systemUTC());
        Opened opened = other.reopen(challenge.state()).orElseThrow();
        assertEquals("user", opened.username());
        assertTrue(other.proved(opened, client.last(challenge.message()), keys).isPresent());
    }

    /** A gateway cannot make up what a client said, nor keep it for later. */
    @Test
    void aStateThatIsNotOursOrTooOldIsWorthNothing() {
        byte[] state = challenge(ScramClient.of("user", "pencil"), false, CLEAR).orElseThrow().state();
        for (int i = 0; i < state.length; i++) {
            byte[] changed = state.clone();
            changed[i] ^= 1;
            assertTrue(exchange.reopen(changed).isEmpty(), "octet " + i);
        }
        assertTrue(exchange.reopen(new byte[0]).isEmpty());
        assertTrue(exchange("of another platform", Clock.systemUTC()).reopen(state).isEmpty());
        Clock later = Clock.fixed(Instant.now().plus(Duration.ofMinutes(7)), ZoneOffset.UTC);
        assertTrue(exchange("the same on all pods", later).reopen(state).isEmpty());
    }

    /** SAFETY row 21, RFC 5802 §6. */
    @Test
    void aProofIsGoodOnItsOwnConnectionOnly() {
        assertTrue(run(new ScramClient("p=tls-exporter,,", BOUND, "user", "pencil"), true, TLS).isPresent());
        assertTrue(run(new ScramClient("p=tls-server-end-point,,", TLS.get("tls-server-end-point"), "user", "pencil"), true, TLS).isPresent());
        assertTrue(run(new ScramClient("p=tls-exporter,,", octets("another connection's"), "user", "pencil"), true, TLS).isEmpty());
        assertTrue(run(new ScramClient("p=tls-exporter,,", new byte[0], "user", "pencil"), true, TLS).isEmpty());
        // The header that is proved is not the one that was sent.
        ScramClient honest = new ScramClient("n,,", new byte[0], "user", "pencil");
        ScramClient changed = new ScramClient("y,,", new byte[0], "user", "pencil");
        Challenge challenge = challenge(changed, false, CLEAR).orElseThrow();
        assertTrue(exchange.proved(exchange.reopen(challenge.state()).orElseThrow(), honest.last(challenge.message()), keys).isEmpty());
    }

    /** SAFETY row 21: a client that believes there is no -PLUS where it was offered was lied to. */
    @Test
    void noDowngradeOfTheChannelBinding() {
        assertTrue(challenge(new ScramClient("y,,", new byte[0], "user", "pencil"), false, TLS).isEmpty());
        assertTrue(challenge(new ScramClient("y,,", new byte[0], "user", "pencil"), false, CLEAR).isPresent());
        assertTrue(challenge(new ScramClient("n,,", new byte[0], "user", "pencil"), false, TLS).isPresent(), "a client without channel binding");
        for (String header : new String[] {"n,,", "y,,", "p=tls-unique,,"}) {
            assertTrue(challenge(new ScramClient(header, new byte[0], "user", "pencil"), true, TLS).isEmpty(), header);
        }
        assertTrue(challenge(new ScramClient("p=tls-exporter,,", BOUND, "user", "pencil"), false, TLS).isEmpty());
        assertTrue(challenge(new ScramClient("p=tls-exporter,,", BOUND, "user", "pencil"), true, CLEAR).isEmpty());
    }

    /** SAFETY row 23: the salt of nobody is as stable as one of somebody. */
    @Test
    void aNameThatIsNobodysHasASaltOfItsOwn() {
        ScramExchange other = exchange("the same on all pods", Clock.systemUTC());
        assertEquals(Base64.getEncoder().encodeToString(exchange.madeUp("nobody").salt()), Base64.getEncoder().encodeToString(other.madeUp("nobody").salt()));
        assertNotEquals(Base64.getEncoder().encodeToString(exchange.madeUp("nobody").salt()), Base64.getEncoder().encodeToString(exchange.madeUp("x").salt()));
        assertEquals(keys.salt().length, exchange.madeUp("nobody").salt().length);
        assertEquals(ITERATIONS, exchange.madeUp("nobody").iterations());
    }

    /** SAFETY row 21: control octets too. */
    @ParameterizedTest
    @ValueSource(strings = {"", "n,,", "n,,n=user", "n,,r=abc", "n,,n=,r=abc", "n,,n=user,r=", "x,,n=user,r=abc", "n,n=user,r=abc", "n,,m=x,n=user,r=abc",
            "n,,n=us=er,r=abc", "n,,n=us=2cer,r=abc", "n,a=,n=user,r=abc", "n,,n=us\ter,r=abc", "n,,n=us\u0000er,r=abc", "n,,n=user,r=a c", "n,,n=user,r=a,c",
            "p=,,n=user,r=abc", "p=tls exporter,,n=user,r=abc", "n,,n=user,r=abc,", "n,,n=user,r=abc\r\n"})
    void whatIsNoFirstMessageOpensNothing(String message) {
        assertTrue(exchange.open(new First("imap", false, CLEAR, octets(message))).isEmpty());
    }

    @Test
    void aFirstMessageIsReadWhole() {
        ClientFirst first = ClientFirst.parse(octets("n,a=other=2Cname,n=us=3Der@example.test,r=abc,x=ext")).orElseThrow();
        assertEquals("other,name", first.authorizationId());
        assertEquals("us=er@example.test", first.username());
        assertEquals("n=us=3Der@example.test,r=abc,x=ext", first.bare());
        assertTrue(ClientFirst.parse(new byte[] {'n', ',', ',', 'n', '=', (byte) 0xff, ',', 'r', '=', 'a'}).isEmpty());
        assertTrue(ClientFirst.parse(octets("n,,n=user,r=" + "a".repeat(3_000))).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c=biws,r=NONCE", "c=biws,r=NONCE,p=AAAA", "c=biws,r=NONCE,p=!", "c=bi,r=NONCE,p=PROOF", "r=NONCE,c=biws,p=PROOF",
            "c=biws,r=another,p=PROOF", "c=biws,r=NONCE,p=PROOF,x=y", "c=eSws,r=NONCE,p=PROOF"})
    void whatIsNoLastMessageProvesNothing(String message) {
        ScramClient client = ScramClient.of("user", "pencil");
        Challenge challenge = challenge(client, false, CLEAR).orElseThrow();
        String[] good = new String(client.last(challenge.message()), StandardCharsets.UTF_8).split(",[rp]=", 3);
        String changed = message.replace("NONCE", good[1]).replace("PROOF", good[2]);
        Opened opened = exchange.reopen(challenge.state()).orElseThrow();
        assertTrue(exchange.proved(opened, octets("c=biws,r=" + good[1] + ",p=" + good[2]), keys).isPresent());
        assertTrue(exchange.proved(opened, octets(changed), keys).isEmpty());
    }

    /** RFC 4648 §3.5. */
    @Test
    void aProofWithStrayBitsAtItsEndIsNone() {
        ScramClient client = ScramClient.of("user", "pencil");
        Challenge challenge = challenge(client, false, CLEAR).orElseThrow();
        String good = new String(client.last(challenge.message()), StandardCharsets.UTF_8);
        // 32 octets leave two bits of the last character over, which are zero.
        char stray = (char) (good.charAt(good.length() - 2) + 1);
        byte[] changed = octets(good.substring(0, good.length() - 2) + stray + "=");
        assertTrue(exchange.proved(exchange.reopen(challenge.state()).orElseThrow(), changed, keys).isEmpty());
    }

    @Test
    void noSecretIsPrintedAndNoKeysAreCheap() {
        assertFalse(keys.toString().contains(Base64.getEncoder().encodeToString(keys.storedKey())));
        assertThrows(IllegalArgumentException.class, () -> ScramKeys.of("pencil", 4_095));
        assertThrows(IllegalArgumentException.class, () -> new ScramSettings(ScramUse.OFFER, 1_000));
        assertThrows(IllegalArgumentException.class, () -> ScramKeys.parse("$argon2id$v=19$m=64,t=1,p=1$c2FsdA$dGFn"));
    }

    /** RFC 4013: a soft hyphen is nothing, so there is nothing to prove. */
    @Test
    void aPasswordOfNothingHasNoKeys() {
        assertTrue(ScramKeys.of("\u00ad", ITERATIONS).isEmpty());
        assertTrue(ScramKeys.of("\ud83d\udd11 newer than Unicode 3.2", ITERATIONS).isPresent());
    }

    private Optional<byte[]> run(ScramClient client, boolean plus, Map<String, byte[]> bindings) {
        return challenge(client, plus, bindings).flatMap(challenge ->
                exchange.proved(exchange.reopen(challenge.state()).orElseThrow(), client.last(challenge.message()), keys));
    }

    private Optional<Challenge> challenge(ScramClient client, boolean plus, Map<String, byte[]> bindings) {
        return exchange.open(new First("imap", plus, bindings, client.first())).map(opened -> exchange.challenge(opened, keys));
    }

    private static ScramExchange exchange(String secret, Clock clock) {
        return new ScramExchange(() -> new SecretKeySpec(octets(secret), "HmacSHA256"), ITERATIONS, clock);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
