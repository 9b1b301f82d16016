package org.postel.smtp.server;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.Random;
import org.postel.smtp.command.Directory.Standing;
import org.postel.smtp.command.FakeDirectory;
import org.postel.smtp.server.FuzzedClient.Turn;

/** Makes up the paths of MAIL and RCPT (RFC 5321 §4.1.2, RFC 6531 §3.3) with what {@link FakeDirectory} knows. */
final class FuzzedPaths {

    private static final Standing LOCAL = new Standing.Local(OptionalLong.empty());
    private static final Standing UNKNOWN_USER = new Standing.UnknownUser();
    private static final Standing NOT_OURS = new Standing.NotOurs();
    private static final String NFD_JOERG = "jo\u0308rg@example.test";
    private static final Sender[] SENDERS = {new Sender("", true), new Sender("alice@example.test", true), new Sender("info@example.test", true),
        new Sender("a@example.org", false), new Sender("\"a b\"@example.org", false), new Sender("a@xn--bcher-kva.example.org", false), new Sender("a@[192.0.2.1]", false),
        new Sender("j\u00f6rg@example.test", false), new Sender("a@b\u00fccher.example.org", false), new Sender("\u7528\u6237@\u4f8b\u5b50.test", false),
        new Sender("\ud83d\udce8@example.org", false)};
    private static final Recipient[] RECIPIENTS = {Recipient.of("alice@example.test", LOCAL), Recipient.of("bob@example.test", LOCAL),
        Recipient.of("postmaster@example.test", LOCAL), new Recipient("@relay.example.org,@b.test:bob@example.test", "bob@example.test", LOCAL),
        new Recipient("Postmaster", "postmaster@example.test", LOCAL), Recipient.of("nobody@example.test", UNKNOWN_USER),
        Recipient.of("x@xn--bcher-kva.test", UNKNOWN_USER), Recipient.of("x@example.org", NOT_OURS)};
    private static final Recipient[] INTERNATIONAL_RECIPIENTS = {Recipient.of("j\u00f6rg@example.test", LOCAL), Recipient.of(NFD_JOERG, LOCAL),
        Recipient.of("\u00e9mile@example.test", UNKNOWN_USER), Recipient.of("x@b\u00fccher.test", UNKNOWN_USER),
        Recipient.of("x@\u4f8b\u3048.test", NOT_OURS)};
    // SAFETY row 26: overlong, a lone surrogate, a lone octet; a bidi control, a zero-width space, a private character, and a name for another one.
    private static final String[] NOT_UTF8 = {"\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00e9", "\u00f8\u0088\u0080\u0080\u0080", "\u00c3"};
    private static final String[] FORBIDDEN = {"\u202e", "\u200b", "\ue000", "\u0085", "\u2028"};

    /** @param own whether alice may send as it */
    record Sender(String address, boolean own) {

        boolean international() {
            return address.chars().anyMatch(c -> c > 0x7f);
        }

        String path() {
            return wire("<" + address + ">");
        }
    }

    /** @param address where the mail goes to */
    record Recipient(String text, String address, Standing standing) {

        static Recipient of(String address, Standing standing) {
            return new Recipient(address, address, standing);
        }

        boolean international() {
            return text.chars().anyMatch(c -> c > 0x7f);
        }

        String path() {
            return wire("<" + text + ">");
        }
    }

    private final Random random;

    FuzzedPaths(Random random) {
        this.random = random;
    }

    Sender sender() {
        return SENDERS[random.nextInt(SENDERS.length)];
    }

    Recipient recipient() {
        Recipient[] some = random.nextInt(4) == 0 ? INTERNATIONAL_RECIPIENTS : RECIPIENTS;
        return some[random.nextInt(some.length)];
    }

    /** A command that is refused in any state. */
    Turn bad() {
        String command = pick("MAIL FROM:", "RCPT TO:");
        return switch (random.nextInt(5)) {
            case 0 -> turn(pick("MAIL FROM:a@b.test", "MAIL FROM:<> SIZE=x", "MAIL FROM:<> ENVID=+0A", "MAIL FROM:<> REQUIRETLS=1", "MAIL FROM:<> SMTPUTF8 SMTPUTF8",
                "MAIL FROM:<> BODY=7", "MAIL FROM:<a@b.test", "RCPT TO:<>", "RCPT TO:<bob@example.test> NOTIFY=NEVER,DELAY", "RCPT TO:<a@b.test", "RCPT FROM:<a@b.test>"), 501);
            case 1 -> turn(pick("MAIL FROM:<> X=1", "RCPT TO:<bob@example.test> SMTPUTF8"), 555);
            case 2 -> turn(command + "<a" + pick(NOT_UTF8) + "@example.test>", 501);
            case 3 -> turn(command + wire("<a" + pick(FORBIDDEN) + "@example.test>") + (command.startsWith("M") ? " SMTPUTF8" : ""), 501);
            default -> turn(command + wire("<a@" + pick("fa\u00df.test", "\uff45xample.test", "a\u3002test", "x\u202ey.test") + ">"), 501);
        };
    }

    /** Text as it goes over the wire, each octet as a character. */
    static String wire(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static Turn turn(String line, int reply) {
        return new Turn(line + "\r\n", reply, 1);
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
