package org.postel.mailbox.directory;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Domain;
import org.postel.mail.LocalPart;
import org.postel.mail.Mailbox;

/**
 * The Sender Rewriting Scheme (SRS; Mengwong and Shevek, 2003; no RFC): mail that is forwarded goes on in the name of the domain
 * that forwards it, and what comes back finds its sender.
 *
 * <pre>
 * SRS0=HASH=TT=domain=local-part@forwarder      of local-part@domain, on the day TT
 * SRS1=HASH=first=(rest of SRS0)@forwarder      of a sender that was rewritten by first, and perhaps by others
 * </pre>
 *
 * The hash lets nobody make such an address but us: it is of the key of one period, and that of the period before still counts.
 */
public final class SenderRewriting {

    /** How long notices come back. */
    static final Duration LIFETIME = Duration.ofDays(21);
    /** RFC 5321 §4.5.3.1.3, without the angle brackets. */
    private static final int LONGEST = 254;
    /** Of a key; longer than notices may take. */
    private static final long PERIOD_DAYS = 30;
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    /** 40 bits: nobody guesses one within the lifetime. */
    private static final int HASH_DIGITS = 8;
    /** Two digits of 32: RFC 4648 §6 has the alphabet. */
    private static final int DAYS = 1024;

    private final LongFunction<SecretKey> keys;
    private final Clock clock;

    /** @param keys of each period of 30 days since the epoch */
    public SenderRewriting(LongFunction<SecretKey> keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** The sender of mail that the domain forwards; empty when it would be no address. */
    Optional<String> rewritten(String sender, String forwarder) {
        try {
            Mailbox mailbox = Mailbox.parse(sender);
            String local = mailbox.localPart().text();
            String host = ((Domain) mailbox.host()).canonical();
            String rewritten = new Mailbox(new LocalPart(switch (form(local)) {
                case NEITHER -> signed("SRS0=", day(today()) + "=" + host + "=" + local);
                case FIRST -> signed("SRS1=", host + "=" + local.substring(4));
                // Whoever rewrote it last drops out: notices go to the first, who knows the sender.
                case LATER -> signed("SRS1=", local.substring(5).split("=", 2)[1]);
            }), Domain.parse(forwarder)).toString();
            return rewritten.getBytes(StandardCharsets.UTF_8).length > LONGEST ? Optional.empty() : Optional.of(rewritten);
        } catch (AddressSyntaxException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** Whom a notice to such an address is for; empty when we did not make it, or too long ago. */
    Optional<String> original(String written) {
        try {
            LocalPart local = Mailbox.parse(written).localPart();
            String[] parts = local.text().split("=", 3);
            if (!local.rewritten() || parts.length < 3 || !genuine(parts[1], parts[0] + "=" + parts[2])) {
                return Optional.empty();
            }
            return form(local.text()) == Form.FIRST ? sender(parts[2].split("=", 3)) : rewriter(parts[2].split("=", 2));
        } catch (AddressSyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private enum Form { NEITHER, FIRST, LATER }

    private static Form form(String local) {
        return !new LocalPart(local).rewritten() ? Form.NEITHER : local.charAt(3) == '0' ? Form.FIRST : Form.LATER;
    }

    /** day=domain=local-part */
    private Optional<String> sender(String[] parts) throws AddressSyntaxException {
        if (parts.length < 3 || age(parts[0]) > LIFETIME.toDays()) {
            return Optional.empty();
        }
        return Optional.of(new Mailbox(new LocalPart(parts[2]), Domain.parse(parts[1])).toString());
    }

    /** first=(rest of SRS0, its separator included) */
    private static Optional<String> rewriter(String[] parts) throws AddressSyntaxException {
        return parts.length < 2 ? Optional.empty()
                : Optional.of(new Mailbox(new LocalPart("SRS0" + parts[1]), Domain.parse(parts[0])).toString());
    }

    private String signed(String form, String text) {
        // The form too: else a hash of one would be good for the other.
        return form + hash(period(), form + text) + "=" + text;
    }

    /** Compared without case: some servers change it on the way. */
    private boolean genuine(String hash, String text) {
        byte[] given = hash.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        return LongStream.of(period(), period() - 1)
                .anyMatch(period -> MessageDigest.isEqual(hash(period, text).getBytes(StandardCharsets.UTF_8), given));
    }

    private String hash(long period, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(keys.apply(period));
            byte[] octets = mac.doFinal(text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
            StringBuilder digits = new StringBuilder();
            for (int i = 0; i < HASH_DIGITS; i++) {
                digits.append(DIGITS.charAt(octets[i] & 31));
            }
            return digits.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private long age(String day) {
        int high = day.length() == 2 ? DIGITS.indexOf(Character.toUpperCase(day.charAt(0))) : -1;
        int low = day.length() == 2 ? DIGITS.indexOf(Character.toUpperCase(day.charAt(1))) : -1;
        return high < 0 || low < 0 ? Long.MAX_VALUE : Math.floorMod(today() - (high * 32L + low), DAYS);
    }

    private static String day(long day) {
        int number = (int) Math.floorMod(day, DAYS);
        return "" + DIGITS.charAt(number / 32) + DIGITS.charAt(number % 32);
    }

    private long today() {
        return clock.instant().getEpochSecond() / 86_400;
    }

    private long period() {
        return today() / PERIOD_DAYS;
    }
}
