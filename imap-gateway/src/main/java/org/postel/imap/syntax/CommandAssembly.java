package org.postel.imap.syntax;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds where a command ends before anybody parses it: lines and literals in, one command's octets out. The message literal
 * of APPEND is not taken in but announced.
 */
public final class CommandAssembly {

    private static final int LONGEST_TAG = 100;
    // Before the message literal of an APPEND at most the name of the mailbox is one: looking later would cost the square.
    private static final int MAILBOX_NAME = 1;

    /**
     * What one command may take.
     *
     * @param literal octets of one literal
     * @param total   octets of lines and literals together
     */
    public record Limits(int literal, int total) {
    }

    /** What must happen next. */
    public sealed interface Next {

        /** The command is whole. */
        record Complete(byte[] octets) implements Next {
        }

        /** Read this literal, give it to {@link #literal}, then read a line. */
        record ReadLiteral(LiteralHeader header) implements Next {
        }

        /** An APPEND whose message follows; after it, the end of its line. */
        record Message(byte[] octets, LiteralHeader header) implements Next {
        }

        /** Over a limit. A literal, if there is one, is still on its way unless it is synchronising. */
        record TooBig(String tag, Optional<LiteralHeader> header) implements Next {
        }
    }

    private final Limits limits;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream(128);
    private int literals;

    public CommandAssembly(Limits limits) {
        this.limits = limits;
    }

    /** Takes the next line, without its CRLF. */
    public Next line(byte[] line) {
        octets.writeBytes(line);
        Optional<LiteralHeader> header = LiteralHeader.atEndOf(line);
        if (octets.size() > limits.total()) {
            return new Next.TooBig(tag(), header);
        }
        if (header.isEmpty()) {
            return new Next.Complete(octets.toByteArray());
        }
        if (literals++ <= MAILBOX_NAME && AppendParser.announcesMessage(octets.toByteArray())) {
            return new Next.Message(octets.toByteArray(), header.get());
        }
        if (header.get().size() > limits.literal() || octets.size() + header.get().size() > limits.total()) {
            return new Next.TooBig(tag(), header);
        }
        return new Next.ReadLiteral(header.get());
    }

    /** Takes the octets of the literal that was asked for. */
    public void literal(byte[] literal) {
        octets.write('\r');
        octets.write('\n');
        octets.writeBytes(literal);
    }

    /** The tag of what was taken so far; {@code *} when that has none, as RFC 3501 §7.1.3 has it. */
    public String tag() {
        String line = octets.toString(StandardCharsets.ISO_8859_1);
        int end = 0;
        while (end < line.length() && Characters.tag(line.charAt(end))) {
            end++;
        }
        return end == 0 || end > LONGEST_TAG || end == line.length() || line.charAt(end) != ' ' ? "*" : line.substring(0, end);
    }
}
