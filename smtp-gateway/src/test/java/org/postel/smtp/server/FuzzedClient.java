package org.postel.smtp.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.postel.smtp.session.Service;

/** Makes up commands, and knows what each must be answered: the model of {@link SessionFuzzTest}. */
final class FuzzedClient {

    // A CR at the end may still get its LF from the next chunk.
    private static final Pattern BARE = Pattern.compile("(?<!\r)\n|\r(?!\n|\\z)|\0");
    private static final Pattern BARE_AT_THE_END = Pattern.compile("(?<!\r)\n|\r(?!\n)|\0");
    private static final String[] WORDS = {"a", "..", ".", "\r\n", "\r\n.\r\n", "\r\n.", "QUIT\r\n", "BDAT 5\r\n", "MAIL FROM:<x@y.test>\r\n", " ", "\u00e9",
        "0123456789".repeat(30)};
    // RFC 6409 §8: nothing is missing, so nothing is added.
    private static final String COMPLETE = "From: alice@example.test\r\nDate: Fri, 27 Nov 2026 14:00:00 +0000\r\nMessage-ID: <1@example.test>\r\n";
    private static final String PLAIN_OF_ALICE = "AGFsaWNlQGV4YW1wbGUudGVzdABzZWNyZXQ=";
    private static final String PLAIN_WITH_ANOTHER_PASSWORD = "AGFsaWNlQGV4YW1wbGUudGVzdABndWVzcw==";
    private static final String[] FAULTS = {"\r", "\n", "\0", "\n.\n", "\r.\r", "\n.\r\n", "\r\n.\n"};

    /** What is sent, the code of the reply to it, and how many replies there are (RFC 2033 §4.2 and §4.3). */
    record Turn(String octets, int reply, int replies) {

        /** Whether TLS begins with it. */
        boolean startsTls() {
            return reply == 220;
        }
    }

    private final Random random;
    private final int largest;
    private final Service service;
    private final List<String> accepted = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private boolean tls;
    private boolean loggedIn;
    private boolean greeted;
    private boolean extended;
    private boolean mail;
    private int recipients;
    private boolean chunking;
    private boolean over;
    // What was asked for by 354 or 334.
    private Optional<Turn> asked = Optional.empty();
    // Of the message that comes in chunks: what was sent, and what is left to send.
    private String sent = "";
    private String left = "";

    FuzzedClient(Random random, int largest, Service service) {
        this.random = random;
        this.largest = largest;
        this.service = service;
    }

    /** The contents that were accepted so far, without the trace line. */
    List<String> accepted() {
        return accepted;
    }

    /** Whether the server has closed the connection. */
    boolean over() {
        return over;
    }

    /** Whether the server waits for content, or for an answer to its challenge. */
    boolean owesAnswer() {
        return asked.isPresent();
    }

    /** Some commands that may be sent at once. */
    List<Turn> batch() {
        turns.clear();
        asked.ifPresent(turns::add);
        asked = Optional.empty();
        if (!greeted && random.nextInt(4) != 0) {
            hello();
            return List.copyOf(turns);
        }
        if (service == Service.SUBMISSION && greeted && !loggedIn && random.nextInt(3) == 0) {
            auth();
            return List.copyOf(turns);
        }
        boolean waits = false;
        for (int i = 1 + random.nextInt(10); i > 0 && !waits && !over; i--) {
            waits = next();
        }
        return List.copyOf(turns);
    }

    // Whether the client must wait for the reply: RFC 2920 §3.1.
    private boolean next() {
        switch (random.nextInt(chunking ? 14 : 20)) {
            case 0 -> {
                hello();
                return true;
            }
            case 1 -> {
                return data();
            }
            case 2 -> odd();
            case 3 -> {
                reset();
                say("RSET", 250);
            }
            case 4 -> say(random.nextBoolean() ? "NOOP" : "noop x", 250);
            case 5 -> say(pick("VRFY bob", "vrfy nobody"), 252);
            case 6, 7, 8, 9, 10, 11 -> {
                if (chunking || recipients > 0 || random.nextInt(3) == 0) {
                    bdat();
                } else {
                    address();
                }
            }
            case 12 -> {
                if (random.nextInt(20) == 0) {
                    end();
                }
            }
            case 13 -> {
                if (random.nextInt(4) == 0) {
                    startTls();
                } else {
                    auth();
                }
                return true;
            }
            default -> address();
        }
        return false;
    }

    private void hello() {
        boolean lmtp = service == Service.LMTP;
        if (random.nextInt(8) == 0) {
            say(lmtp ? pick("EHLO x", "HELO x") : "LHLO x", 500);
            return;
        }
        extended = lmtp || random.nextInt(6) != 0;
        greeted = true;
        reset();
        say((lmtp ? "LHLO " : extended ? "EHLO " : "HELO ") + pick("client.example.org", "[192.0.2.1]", "x"), 250);
    }

    // RFC 3207 §4.2: what was said before is forgotten.
    private void startTls() {
        boolean begins = !tls && greeted && !loggedIn && !mail;
        say("STARTTLS", begins ? 220 : 503);
        if (begins) {
            tls = true;
            greeted = false;
            extended = false;
        }
    }

    // RFC 4954 §4
    private void auth() {
        if (service != Service.SUBMISSION) {
            say(pick("AUTH PLAIN", "AUTH PLAIN AGE="), 502);
        } else if (!greeted || !extended || loggedIn || mail) {
            say(pick("AUTH PLAIN", "AUTH PLAIN " + PLAIN_OF_ALICE), 503);
        } else {
            switch (random.nextInt(8)) {
                case 0 -> say("AUTH PLAIN AGE=", 501);
                case 1 -> say("AUTH PLAIN " + PLAIN_WITH_ANOTHER_PASSWORD, 535);
                case 2 -> {
                    say("AUTH PLAIN", 334);
                    asked = Optional.of(new Turn("*\r\n", 501, 1));
                }
                default -> {
                    loggedIn = true;
                    say("AUTH PLAIN " + PLAIN_OF_ALICE, 235);
                }
            }
        }
    }

    private void address() {
        if (random.nextInt(8) == 0) {
            say(pick("MAIL FROM:a@b.test", "MAIL FROM:<> SIZE=x", "RCPT TO:<>", "RCPT TO:<bob@example.test> NOTIFY=NEVER,DELAY", "MAIL FROM:<> ENVID=+0A"), 501);
        } else if (greeted && !mail) {
            mail();
        } else {
            switch (random.nextInt(6)) {
                case 0 -> mail();
                case 1 -> say("RCPT TO:<nobody@example.test>", recipient(550));
                case 2 -> say("RCPT TO:<x@example.org>", recipient(loggedIn ? 250 : 550));
                default -> say("RCPT TO:<" + pick("alice", "bob", "postmaster") + "@example.test>", recipient(250));
            }
        }
    }

    private int recipient(int inAddressing) {
        int code = mail && !chunking ? inAddressing : 503;
        recipients += code == 250 ? 1 : 0;
        return code;
    }

    private void mail() {
        String parameters = pick("", "", " SIZE=100", " SIZE=" + (largest + 1), " BODY=8BITMIME", " RET=HDRS ENVID=x+20y", " SMTPUTF8");
        String sender = pick("", "alice@example.test", "a@example.org");
        int code = !greeted || mail ? 503
            : service == Service.SUBMISSION && !loggedIn ? 530
            : !parameters.isEmpty() && !extended ? 501
            : parameters.endsWith("=" + (largest + 1)) ? 552
            : loggedIn && sender.endsWith(".org") ? 553 : 250;
        mail |= code == 250;
        say("MAIL FROM:<" + sender + ">" + parameters, code);
    }

    private void odd() {
        switch (random.nextInt(5)) {
            case 0 -> say("XYZZY " + random.nextInt(), 500);
            case 1 -> say("NOOP " + "x".repeat((service == Service.SUBMISSION ? 13_000 : 3000) + random.nextInt(20_000)), 500);
            case 2 -> turns.add(new Turn(pick("NOOP\n", "NO\rOP\r\n", "\n", "RSET\n"), 500, 1));
            case 3 -> say(pick("EXPN x", "ETRN x"), 502);
            default -> say(pick("NOOP\0", "RCPT TO:<a\0b@example.test>", "DATA x", "EHLO", "HELO (x)", "LHLO"), 501);
        }
    }

    private void end() {
        over = true;
        if (random.nextBoolean()) {
            say("QUIT", 221);
        } else {
            say(pick("BDAT", "BDAT x LAST", "BDAT -5"), 501);
        }
    }

    private boolean data() {
        if (recipients == 0 || chunking) {
            say("DATA", 503);
            return true;
        }
        say("DATA", 354);
        String text = wholeLines(content());
        int replies = replies();
        asked = Optional.of(new Turn(text.replaceAll("(\\A|\r\n)\\.", "$1..") + ".\r\n", ended(text), replies));
        return true;
    }

    private void bdat() {
        if (!mail || recipients == 0) {
            // One larger than any message ends the session, which ChunkingTest shows.
            String whole = random.nextBoolean() ? "QUIT\r\n" : content();
            String octets = whole.substring(0, Math.min(whole.length(), largest));
            boolean end = random.nextBoolean();
            turns.add(new Turn("BDAT " + octets.length() + (end ? " LAST" : "") + "\r\n" + octets, 503, end && mail ? replies() : 1));
            reset();
            return;
        }
        if (!chunking) {
            sent = "";
            left = content();
        }
        boolean last = random.nextInt(3) == 0;
        String chunk = last ? left : left.substring(0, random.nextInt(left.length() + 1));
        left = left.substring(chunk.length());
        sent += chunk;
        String command = "BDAT " + chunk.length() + (last ? pick(" LAST", " last") : "");
        if (last) {
            int replies = replies();
            turns.add(new Turn(command + "\r\n" + chunk, BARE_AT_THE_END.matcher(sent).find() ? refused(550) : ended(wholeLines(sent)), replies));
        } else if (BARE.matcher(sent).find()) {
            say(command, chunk, refused(550));
        } else if (sent.length() > largest) {
            say(command, chunk, refused(552));
        } else {
            chunking = true;
            say(command, chunk, 250);
        }
    }

    // To the end of content: LMTP answers for each recipient that was taken, be it none.
    private int replies() {
        return service == Service.LMTP ? recipients : 1;
    }

    // The transaction is over; the code that says how. Without a header there is no From (RFC 6409 §8.1).
    private int ended(String content) {
        boolean headless = service == Service.SUBMISSION && content.isEmpty();
        int code = BARE_AT_THE_END.matcher(content).find() || headless ? 550 : content.length() > largest ? 552 : 250;
        if (code == 250) {
            accepted.add(content);
        }
        return refused(code);
    }

    private int refused(int code) {
        reset();
        return code;
    }

    private static String wholeLines(String text) {
        return text.isEmpty() || text.endsWith("\r\n") ? text : text + "\r\n";
    }

    private void reset() {
        mail = false;
        recipients = 0;
        chunking = false;
    }

    private String content() {
        StringBuilder content = new StringBuilder(random.nextInt(10) == 0 ? "" : (service == Service.SUBMISSION ? COMPLETE : "") + "Subject: " + random.nextInt() + "\r\n\r\n");
        int most = content.isEmpty() ? 0 : random.nextInt(20) == 0 ? largest + 2000 : random.nextInt(6000);
        while (content.length() < most) {
            content.append(WORDS[random.nextInt(WORDS.length)]);
        }
        if (most > 0 && random.nextInt(5) == 0) {
            content.insert(content.length() - random.nextInt(Math.min(most, 300)), FAULTS[random.nextInt(FAULTS.length)]);
        }
        return content.toString();
    }

    private void say(String line, int reply) {
        say(line, "", reply);
    }

    private void say(String line, String octets, int reply) {
        turns.add(new Turn(line + "\r\n" + octets, reply, 1));
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
