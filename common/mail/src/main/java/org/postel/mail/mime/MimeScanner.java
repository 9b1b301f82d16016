package org.postel.mail.mime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Takes a message apart while its octets pass by, in pieces of any size: one pass, and no more memory than one header section
 * and the structure need. Lines end at LF, so that content from APPEND with bare LF is read too.
 *
 * <p>Not for several threads. Use once: {@link #update} for each piece, then {@link #finish}.
 */
public final class MimeScanner {

    private final MimeLimits limits;
    private final Delimiters delimiters = new Delimiters();
    private final Deque<OpenPart> open = new ArrayDeque<>();
    private final LineStart line = new LineStart(Delimiters.LONGEST_LINE);
    private final SectionBuffer section;
    private boolean inHeader;
    private int parts;

    public MimeScanner(MimeLimits limits) {
        this.limits = limits;
        this.section = new SectionBuffer(limits);
        begin(ContentType.TEXT_PLAIN, true);
    }

    /** Takes a whole message apart. */
    public static MessageStructure scan(byte[] message) {
        MimeScanner scanner = new MimeScanner(MimeLimits.DEFAULT);
        scanner.update(message, 0, message.length);
        return scanner.finish();
    }

    /** The next octets of the message. */
    public void update(byte[] octets, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            int next = at;
            while (next < end && octets[next] != '\n') {
                next++;
            }
            boolean complete = next < end;
            next += complete ? 1 : 0;
            line.append(octets, at, next - at);
            if (inHeader) {
                section.append(octets, at, next - at);
            }
            if (complete) {
                endLine();
            }
            at = next;
        }
    }

    /** The message is over. */
    public MessageStructure finish() {
        if (line.length() > 0) {
            endLine();
        }
        line.next();
        endHeaders();
        while (open.size() > 1) {
            closeInnermost();
        }
        OpenPart outermost = open.pop();
        return outermost.structure(outermost.close(line));
    }

    private void endLine() {
        Optional<Delimiters.Match> match = delimiters.match(line.octets(), line.kept()).filter(this::isWithinLimits);
        if (match.isPresent()) {
            delimit(match.get());
            return;
        }
        boolean headerEnds = inHeader && line.isEmpty();
        nextLine();
        if (headerEnds) {
            endHeader();
        }
    }

    /** Past the limit the last part takes all that follows, up to the end of its multipart. */
    private boolean isWithinLimits(Delimiters.Match match) {
        return match.closes() || parts < limits.parts();
    }

    private void delimit(Delimiters.Match match) {
        section.dropLine();
        endHeaders();
        while (open.peek() != match.multipart()) {
            closeInnermost();
        }
        nextLine();
        if (match.closes()) {
            forgetBoundary(match.multipart());
        } else {
            begin(match.multipart().childDefault(), false);
        }
    }

    private void nextLine() {
        line.next();
        section.markLine();
    }

    /** A header that ends without its empty line; a message without any octet within it ends at the same place. */
    private void endHeaders() {
        while (inHeader) {
            endHeader();
        }
    }

    private void endHeader() {
        OpenPart part = open.peek();
        part.startBody(section.take(), limits, line);
        inHeader = false;
        if (part.level() < limits.depth() && parts < limits.parts()) {
            open(part);
        }
    }

    private void open(OpenPart part) {
        ContentType type = part.header().contentType();
        if (type.isMultipart()) {
            part.boundary(Delimiters.boundary(type));
            part.boundary().ifPresent(boundary -> delimiters.add(boundary, part));
        } else if (type.isMessage() && !part.header().isEncoded()) {
            begin(ContentType.TEXT_PLAIN, true);
        }
    }

    private void begin(ContentType byDefault, boolean isMessage) {
        parts++;
        open.push(new OpenPart(open.size() + 1, line.start(), byDefault, isMessage));
        inHeader = true;
    }

    private void closeInnermost() {
        OpenPart part = open.pop();
        forgetBoundary(part);
        open.peek().add(part, part.close(line));
    }

    private void forgetBoundary(OpenPart multipart) {
        multipart.boundary().ifPresent(delimiters::remove);
        multipart.boundary(Optional.empty());
    }
}
