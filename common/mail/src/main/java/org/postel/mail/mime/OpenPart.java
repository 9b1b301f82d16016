package org.postel.mail.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A part whose end the scanner has not reached. */
final class OpenPart {

    private final int level;
    private final long headerStart;
    private final ContentType byDefault;
    private final boolean isMessage;
    private final List<Part> children = new ArrayList<>();
    private PartHeader header;
    private Optional<MessageEnvelope> envelope = Optional.empty();
    private Optional<KeptFields> fields = Optional.empty();
    private Optional<MessageStructure> message = Optional.empty();
    private Optional<String> boundary = Optional.empty();
    private long bodyStart;
    private long linesBefore;
    private long contentEnd;

    /**
     * @param level     1 for the message itself
     * @param byDefault its type when the header names none
     * @param isMessage whether its header is that of a message, and has an envelope
     */
    OpenPart(int level, long headerStart, ContentType byDefault, boolean isMessage) {
        this.level = level;
        this.headerStart = headerStart;
        this.byDefault = byDefault;
        this.isMessage = isMessage;
    }

    int level() {
        return level;
    }

    PartHeader header() {
        return header;
    }

    /** The boundary that stands in {@link Delimiters} for it. */
    Optional<String> boundary() {
        return boundary;
    }

    void boundary(Optional<String> looksFor) {
        boundary = looksFor;
    }

    /** The header is over, the body begins with {@code line}. */
    void startBody(HeaderSection section, MimeLimits limits, LineStart line) {
        HeaderReader reader = new HeaderReader(section, limits);
        header = reader.part(byDefault);
        envelope = isMessage ? Optional.of(reader.envelope()) : Optional.empty();
        // A section at its limit may have been cut.
        fields = level == 1 && section.size() < limits.sectionOctets() ? KeptFields.of(section) : Optional.empty();
        bodyStart = line.start();
        linesBefore = line.before();
        contentEnd = bodyStart;
    }

    /** Puts a part into it that is complete: a child of a multipart, or the message of a message part. */
    void add(OpenPart inner, Part part) {
        if (inner.envelope.isPresent()) {
            message = Optional.of(new MessageStructure(inner.envelope.get(), part, Optional.empty()));
        } else {
            children.add(part);
        }
        contentEnd = part.extent().bodyEnd();
    }

    /** The type of its children that name none: RFC 2046 §5.1.5. */
    ContentType childDefault() {
        return header.contentType().subtype().is("digest") ? ContentType.MESSAGE : ContentType.TEXT_PLAIN;
    }

    /** The part, now that it is over: before the line end before {@code line}, or at its start when nothing else is left. */
    Part close(LineStart line) {
        long bodyEnd = Math.max(line.start() - line.endingBefore(), contentEnd);
        long lines = line.before() - linesBefore - (bodyEnd < line.start() ? 1 : 0);
        return new Part(header, new Extent(headerStart, bodyStart, bodyEnd), lines, children, message);
    }

    /** The structure of the outermost part. */
    MessageStructure structure(Part part) {
        return new MessageStructure(envelope.orElseThrow(), part, fields);
    }
}
