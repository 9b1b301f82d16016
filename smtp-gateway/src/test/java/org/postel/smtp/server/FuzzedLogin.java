package org.postel.smtp.server;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.postel.smtp.command.AuthCommand;
import org.postel.smtp.command.FakeAuthenticator;
import org.postel.smtp.server.FuzzedClient.Turn;
import org.postel.wire.sasl.FakeAuthority;

/**
 * Makes up exchanges of AUTH (RFC 4954 §4) with what {@link FakeAuthenticator} and {@link FakeAuthority} know, most of them with one
 * thing that is not as it should be, and knows what each line must be answered.
 */
final class FuzzedLogin {

    private static final int MALFORMED = 501;
    private static final int WRONG = 535;
    private static final int LATER = 454;
    private static final int WELCOME = 235;
    private static final String ALICE = "alice@example.test";

    /** What a client says in a mechanism, one message after the other, and what the last is answered; each before it is answered 334. */
    private record Attempt(String mechanism, int reply, List<String> messages) {

        Attempt(String mechanism, int reply, String... messages) {
            this(mechanism, reply, List.of(messages));
        }
    }

    private final Random random;
    private final boolean tls;

    FuzzedLogin(Random random, boolean tls) {
        this.random = random;
        this.tls = tls;
    }

    /** The lines of a client that waits for the answer to each; the last is answered 235 where it is logged in. */
    List<Turn> exchange() {
        Attempt attempt = attempt();
        boolean initial = random.nextBoolean();
        String verb = "AUTH " + (random.nextInt(4) == 0 ? attempt.mechanism().toLowerCase(Locale.ROOT) : attempt.mechanism());
        List<String> lines = new ArrayList<>();
        attempt.messages().forEach(message -> lines.add(base64(message)));
        if (initial) {
            lines.set(0, verb + " " + (lines.getFirst().isEmpty() ? "=" : lines.getFirst()));
        } else {
            lines.addFirst(verb);
        }
        List<Turn> turns = new ArrayList<>();
        for (String line : lines) {
            boolean last = turns.size() == lines.size() - 1;
            turns.add(turn(line, last ? attempt.reply() : 334));
        }
        return random.nextInt(4) == 0 ? brokenOff(turns, initial) : turns;
    }

    /** A command that begins no exchange. */
    Turn refused() {
        return random.nextBoolean() ? turn("AUTH " + pick("CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256X", "EXTERNAL", "X_-9", tls ? "PLAINS" : "SCRAM-SHA-256-PLUS"), 504) : badSyntax();
    }

    /** A command that is none, wherever it comes. */
    Turn badSyntax() {
        return turn(pick("AUTH", "AUTH ", "AUTH PLAIN AGE= AGE=", "AUTH PLAIN  AGE=", "AUTH PL*IN", "AUTH " + "X".repeat(21), "AUTH PLAIN \u00e9"), MALFORMED);
    }

    private Attempt attempt() {
        return switch (random.nextInt(tls ? 6 : 5)) {
            case 0 -> plain();
            case 1 -> login();
            case 2 -> bearer("OAUTHBEARER", oauthBearer("good"), oauthBearer(pick("bad", "Good", "")));
            case 3 -> bearer("XOAUTH2", xoauth2(ALICE, "good"), xoauth2(ALICE, pick("bad", "goods", "")));
            case 4 -> scram("SCRAM-SHA-256");
            default -> scram("SCRAM-SHA-256-PLUS");
        };
    }

    // RFC 4616 §2: message = [authzid] UTF8NUL authcid UTF8NUL passwd
    private Attempt plain() {
        String message = pick("", "bob@example.test") + "\0" + pick(ALICE, ALICE, ALICE, "nobody", "down", "limited", "disabled") + "\0" + pick("secret", "secret", "guess");
        if (random.nextInt(3) == 0) {
            message = changed(message);
        }
        String[] parts = message.split("\0", -1);
        boolean wellFormed = parts.length == 3 && text(parts[0]) && text(parts[1]) && text(parts[2]) && !parts[1].isEmpty() && !parts[2].isEmpty();
        return new Attempt("PLAIN", wellFormed ? password(parts[1], parts[2]) : MALFORMED, message);
    }

    // draft-murchison-sasl-login-00
    private Attempt login() {
        String user = random.nextInt(3) == 0 ? changed(ALICE) : pick(ALICE, ALICE, "down", "");
        String password = random.nextInt(4) == 0 ? changed("secret") : "secret";
        if (user.isEmpty() || !text(user)) {
            return new Attempt("LOGIN", MALFORMED, user);
        }
        return new Attempt("LOGIN", !password.isEmpty() && text(password) ? password(user, password) : MALFORMED, user, password);
    }

    // RFC 7628 §3.2.3: who shows a token that is not good is told why, and answers that before it is over.
    private Attempt bearer(String mechanism, String good, String notGood) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> new Attempt(mechanism, WRONG, notGood, pick("\1", "", "*", good));
            case 2 -> new Attempt(mechanism, MALFORMED, pick(good + "\1", good + "x", good + "\1x=y", good + "a=b\1", "\1" + good, xoauth2("", "good"), "\1\1", "user="));
            case 3 -> new Attempt(mechanism, MALFORMED, good.substring(0, random.nextInt(good.length())));
            default -> new Attempt(mechanism, WELCOME, good);
        };
    }

    // RFC 7628 §3.1: client-resp = (gs2-header kvsep *kvpair kvsep) / kvsep
    private String oauthBearer(String token) {
        String pairs = pick("", "host=mx.example.test\1", "port=587\1host=mx.example.test\1") + (token.isEmpty() ? "" : "auth=" + pick("Bearer", "bearer", "BEARER") + pick(" ", "  ") + token + "\1");
        return pick("n,,", "y,,", "n,a=" + ALICE + ",", "n,a=a=2Cb=3Dc,") + "\1" + pairs + "\1";
    }

    private static String xoauth2(String user, String token) {
        return "user=" + user + "\1" + (token.isEmpty() ? "" : "auth=Bearer " + token + "\1") + "\1";
    }

    // RFC 5802 §5; the server's last message goes as one more challenge, which is answered by nothing (RFC 4954 §4).
    private Attempt scram(String mechanism) {
        return switch (random.nextInt(6)) {
            case 0 -> new Attempt(mechanism, WRONG, random.nextBoolean() ? changed("first") : "");
            case 1 -> new Attempt(mechanism, WRONG, "first", random.nextBoolean() ? changed("right") : "");
            case 2 -> new Attempt(mechanism, MALFORMED, "first", "right", pick("first", "\0"));
            default -> new Attempt(mechanism, WELCOME, "first", "right", "");
        };
    }

    private static int password(String user, String password) {
        return switch (user) {
            case ALICE -> password.equals("secret") ? WELCOME : WRONG;
            case "down", "limited" -> LATER;
            default -> WRONG;
        };
    }

    // RFC 4954 §4: a client may give up at any challenge; and what is no answer to one ends the exchange.
    private List<Turn> brokenOff(List<Turn> turns, boolean initial) {
        int at = random.nextInt(turns.size());
        List<Turn> rest = new ArrayList<>(turns.subList(0, at));
        String line = turns.get(at).octets().stripTrailing();
        if (at > 0) {
            String tooLong = base64("x".repeat(AuthCommand.MAX_LINE));
            rest.add(turn(pick("*", "=", "AGE", "AGF=", "A GE=", "\u00e9\u00e9\u00e9\u00e9", "AG\0=", "====", tooLong, "AG\rE=", "NOOP!"), MALFORMED));
        } else if (initial) {
            rest.add(random.nextInt(4) == 0 ? turn(line + "A".repeat(AuthCommand.MAX_LINE), 500) : turn("AUTH PLAIN " + pick("*", "AGE", "AGF=", "====", "AG!=", "A"), MALFORMED));
        } else {
            rest.add(random.nextBoolean() ? new Turn(line + "\n", 500, 1) : refused());
        }
        return rest;
    }

    private String changed(String message) {
        int at = random.nextInt(message.length());
        String octet = String.valueOf((char) random.nextInt(256));
        return switch (random.nextInt(3)) {
            case 0 -> message.substring(0, at) + message.substring(at + 1);
            case 1 -> message.substring(0, at) + octet + message.substring(at);
            default -> message.substring(0, at) + (char) (message.charAt(at) ^ 1 << random.nextInt(8)) + message.substring(at + 1);
        };
    }

    // UTF-8 without control characters.
    private static boolean text(String octets) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1))).chars().noneMatch(Character::isISOControl);
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static String base64(String octets) {
        return Base64.getEncoder().encodeToString(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Turn turn(String line, int reply) {
        return new Turn(line + "\r\n", reply, 1);
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
