package org.postel.smtp.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postel.smtp.command.Directory.Standing;
import org.postel.smtp.session.Service;

/** Makes up commands, and knows what each must be answered: the model of {@link SessionFuzzTest}. */
final class FuzzedClient {

    // A CR at the end may still get its LF from the next chunk.
    private static final Pattern BARE = Pattern.compile("(?<!\r)\n|\r(?!\n|\\z)|\0");
    // RFC 3030 §3: behind it a binary message may have any octet.
    private static final Pattern EMPTY_LINE = Pattern.compile("(?:\\A|\n)\r*\n");
    private static final Pattern BARE_AT_THE_END = Pattern.compile("(?<!\r)\n|\r(?!\n)|\0");
    private static final String[] WORDS = {"a", "..", ".", "\r\n", "\r\n.\r\n", "\r\n.", "QUIT\r\n", "BDAT 5\r\n", "MAIL FROM:<x@y.test>\r\n", " ", "\u00e9",
        "0123456789".repeat(30)};
    // RFC 6409 §8: nothing is missing, so nothing is added.
    private static final String COMPLETE = "From: alice@example.test\r\nDate: Fri, 27 Nov 2026 14:00:00 +0000\r\nMessage-ID: <1@example.test>\r\n";
    private static final String[] FAULTS = {"\r", "\n", "\0", "\n.\n", "\r.\r", "\n.\r\n", "\r\n.\n"};

    /** What is sent, the code of the reply to it, and how many replies there are (RFC 2033 §4.2 and §4.3). */
    record Turn(String octets, int reply, int replies) {

        /** Whether TLS begins with it. */
        boolean startsTls() {
            return reply == 220;
        }
    }

    /** A message as it must be queued: its content without the trace line, and of its envelope what goes on with it. */
    record Accepted(String content, String sender, boolean smtputf8, boolean requireTls, Set<String> recipients) {
    }

    private record Mail(String sender, boolean smtputf8, boolean requireTls, boolean binary) {
    }

    private final Random random;
    private final int largest;
    private final int mostRecipients;
    private final Service service;
    // Whether AUTH is taken without TLS.
    private final boolean loopback;
    private final FuzzedPaths paths;
    private final List<Accepted> accepted = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private boolean tls;
    private boolean loggedIn;
    private boolean greeted;
    private boolean extended;
    private Optional<Mail> mail = Optional.empty();
    private int recipients;
    private Set<String> to = new HashSet<>();
    private boolean chunking;
    private boolean over;
    // What was asked for by 354 or 334, and by what that is answered.
    private final Queue<Turn> asked = new ArrayDeque<>();
    // What is asked for is the rest of an exchange of AUTH: nothing may come with it, while commands may come with content.
    private boolean loggingIn;
    // Of the message that comes in chunks: what was sent, and what is left to send.
    private String sent = "";
    private String left = "";

    /**
     * @param largest        most octets of a message
     * @param mostRecipients of a message
     * @param loopback       whether the gateway takes it for a client of its own machine
     */
    FuzzedClient(Random random, int largest, int mostRecipients, Entrance entrance, boolean loopback) {
        this.random = random;
        this.largest = largest;
        this.mostRecipients = mostRecipients;
        this.service = entrance.service();
        this.tls = entrance.tls();
        this.loopback = loopback;
        this.paths = new FuzzedPaths(random);
    }

    /** The messages that were accepted so far. */
    List<Accepted> accepted() {
        return accepted;
    }

    /** Whether the server has closed the connection. */
    boolean over() {
        return over;
    }

    /** Whether the server waits for content, or for an answer to its challenge. */
    boolean owesAnswer() {
        return !asked.isEmpty();
    }

    /** Some commands that may be sent at once. */
    List<Turn> batch() {
        turns.clear();
        if (!asked.isEmpty()) {
            turns.add(asked.remove());
        }
        if (loggingIn) {
            loggingIn = !asked.isEmpty();
            return List.copyOf(turns);
        }
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
        boolean begins = !tls && greeted && !loggedIn && mail.isEmpty();
        say("STARTTLS", begins ? 220 : 503);
        if (begins) {
            tls = true;
            greeted = false;
            extended = false;
        }
    }

    // RFC 4954 §4
    private void auth() {
        FuzzedLogin login = new FuzzedLogin(random, tls);
        boolean allowed = greeted && extended && !loggedIn && mail.isEmpty();
        if (service != Service.SUBMISSION || !tls && !loopback || !allowed) {
            String some = pick("AUTH PLAIN", "AUTH PLAIN AGE=", "AUTH SCRAM-SHA-256-PLUS", "AUTH X");
            turns.add(random.nextInt(4) == 0 ? login.badSyntax() : line(some, service != Service.SUBMISSION ? 502 : !tls && !loopback ? 538 : 503));
        } else if (random.nextInt(8) == 0) {
            turns.add(login.refused());
        } else {
            List<Turn> exchange = login.exchange();
            turns.add(exchange.getFirst());
            asked.addAll(exchange.subList(1, exchange.size()));
            loggingIn = !asked.isEmpty();
            loggedIn = exchange.getLast().reply() == 235;
        }
    }

    private void address() {
        if (random.nextInt(8) == 0) {
            turns.add(paths.bad());
        } else if (greeted && mail.isEmpty() || random.nextInt(6) == 0) {
            mail();
        } else {
            recipient();
        }
    }

    private void recipient() {
        FuzzedPaths.Recipient recipient = paths.recipient();
        boolean dsn = random.nextInt(6) == 0;
        int code = mail.isEmpty() || chunking ? 503
            : recipients == mostRecipients ? 452
            : dsn && !extended ? 501
            : recipient.international() && !mail.get().smtputf8() ? 553
            : switch (recipient.standing()) {
                case Standing.Local _ -> 250;
                case Standing.UnknownUser _ -> 550;
                case Standing.NotOurs _ -> loggedIn ? 250 : 550;
            };
        if (code == 250) {
            recipients++;
            to.add(recipient.address());
        }
        say("RCPT TO:" + recipient.path() + (dsn ? " NOTIFY=" + pick("NEVER", "FAILURE,DELAY") : ""), code);
    }

    private void mail() {
        FuzzedPaths.Sender sender = paths.sender();
        boolean smtputf8 = random.nextInt(sender.international() ? 4 : 2) != 0;
        boolean requireTls = random.nextInt(tls ? 3 : 12) == 0;
        boolean binary = random.nextInt(8) == 0;
        boolean tooLarge = random.nextInt(16) == 0;
        String parameters = (smtputf8 ? " SMTPUTF8" : "") + (requireTls ? " REQUIRETLS" : "") + (binary ? " BODY=BINARYMIME" : pick("", "", " BODY=8BITMIME"))
            + (tooLarge ? " SIZE=" + (largest + 1) : pick("", "", " SIZE=100")) + pick("", "", " RET=HDRS ENVID=x+20y");
        int code = sender.international() && !smtputf8 ? 553
            : !greeted || mail.isPresent() ? 503
            : service == Service.SUBMISSION && !loggedIn ? 530
            : !parameters.isEmpty() && !extended ? 501
            : requireTls && !tls ? 530
            : tooLarge ? 552
            : loggedIn && !sender.own() ? 553 : 250;
        if (code == 250) {
            mail = Optional.of(new Mail(sender.address(), smtputf8, requireTls, binary));
        }
        say("MAIL FROM:" + sender.path() + parameters, code);
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
        if (recipients == 0 || chunking || mail.orElseThrow().binary()) {
            say("DATA", 503);
            return true;
        }
        say("DATA", 354);
        String text = wholeLines(content());
        int replies = replies();
        asked.add(new Turn(text.replaceAll("(\\A|\r\n)\\.", "$1..") + ".\r\n", ended(text, text), replies));
        return true;
    }

    private void bdat() {
        if (mail.isEmpty() || recipients == 0) {
            // One larger than any message ends the session, which ChunkingTest shows.
            String whole = random.nextBoolean() ? "QUIT\r\n" : content();
            String octets = whole.substring(0, Math.min(whole.length(), largest));
            boolean end = random.nextBoolean();
            turns.add(new Turn("BDAT " + octets.length() + (end ? " LAST" : "") + "\r\n" + octets, 503, end && mail.isPresent() ? replies() : 1));
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
        String lines = lines(sent);
        if (last) {
            int replies = replies();
            boolean free = lines.length() < sent.length();
            turns.add(new Turn(command + "\r\n" + chunk, BARE_AT_THE_END.matcher(lines).find() ? refused(550) : ended(free ? sent : wholeLines(sent), lines), replies));
        } else if (BARE.matcher(lines).find()) {
            say(command, chunk, refused(550));
        } else if (sent.length() > largest) {
            say(command, chunk, refused(552));
        } else {
            chunking = true;
            say(command, chunk, 250);
        }
    }

    // Of content in chunks what must be lines: all but the body of a binary message.
    private String lines(String content) {
        Matcher end = EMPTY_LINE.matcher(content);
        return mail.orElseThrow().binary() && end.find() ? content.substring(0, end.end()) : content;
    }

    // To the end of content: LMTP answers for each recipient that was taken, be it none.
    private int replies() {
        return service == Service.LMTP ? recipients : 1;
    }

    // The transaction is over; the code that says how. Without a header there is no From (RFC 6409 §8.1).
    private int ended(String content, String lines) {
        boolean headless = service == Service.SUBMISSION && content.isEmpty();
        int code = BARE_AT_THE_END.matcher(lines).find() || headless ? 550 : content.length() > largest ? 552 : 250;
        if (code == 250) {
            Mail envelope = mail.orElseThrow();
            accepted.add(new Accepted(content, envelope.sender(), envelope.smtputf8(), envelope.requireTls(), to));
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
        mail = Optional.empty();
        recipients = 0;
        to = new HashSet<>();
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

    private static Turn line(String line, int reply) {
        return new Turn(line + "\r\n", reply, 1);
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
