package org.postel.imap.syntax;

import java.util.List;
import java.util.Optional;
import org.postel.mailbox.api.v1.BodyPart;

/** Where a {@link Section} lies in its message, in octets from the start: RFC 3501 §6.4.5 over the stored tree of parts. */
public record SectionExtent(long start, long end) {

    public SectionExtent {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("not an extent: " + start + " to " + end);
        }
    }

    public long length() {
        return end - start;
    }

    /** The octets of {@code partial}: none where it starts past the end. */
    public SectionExtent within(FetchItem.Partial partial) {
        long from = start + Math.min(end - start, partial.first());
        return new SectionExtent(from, from + Math.min(end - from, partial.length()));
    }

    /**
     * Empty where the message has no such part: NIL. For header fields, the header they are in.
     *
     * @param size octets of the whole message
     */
    public static Optional<SectionExtent> of(Section section, BodyPart message, long size) {
        if (section.part().isEmpty()) {
            return Optional.of(switch (section.kind()) {
                case Section.Kind.Whole _ -> new SectionExtent(0, size);
                case Section.Kind.Header _, Section.Kind.Fields _, Section.Kind.Mime _ -> header(message);
                case Section.Kind.Text _ -> body(message);
            });
        }
        return part(section.part(), message).flatMap(part -> switch (section.kind()) {
            case Section.Kind.Whole _ -> Optional.of(body(part));
            case Section.Kind.Mime _ -> Optional.of(header(part));
            // RFC 3501 §6.4.5: HEADER and TEXT of a part are those of the message embedded in it.
            case Section.Kind.Header _, Section.Kind.Fields _ -> embedded(part).map(SectionExtent::header);
            case Section.Kind.Text _ -> embedded(part).map(SectionExtent::body);
        });
    }

    /** The part that a section names, of a message that has such a one; the message itself for the section without numbers. */
    public static Optional<BodyPart> part(Section section, BodyPart message) {
        return part(section.part(), message);
    }

    private static Optional<BodyPart> embedded(BodyPart part) {
        return part.hasMessage() ? Optional.of(part.getMessage()) : Optional.empty();
    }

    private static SectionExtent header(BodyPart part) {
        return new SectionExtent(part.getHeaderStart(), part.getBodyStart());
    }

    private static SectionExtent body(BodyPart part) {
        return new SectionExtent(part.getBodyStart(), part.getBodyEnd());
    }

    private static Optional<BodyPart> part(List<Integer> path, BodyPart message) {
        // The numbers of a part count the parts of the message it is in: the top one, or one embedded in a part.
        BodyPart in = message;
        for (int i = 0; i < path.size(); i++) {
            Optional<BodyPart> child = child(i > 0 && in.hasMessage() ? in.getMessage() : in, path.get(i), i == 0 || in.hasMessage());
            if (child.isEmpty()) {
                return child;
            }
            in = child.get();
        }
        return Optional.of(in);
    }

    /** RFC 3501 §6.4.5: every message has at least one part, so part 1 of one that is no multipart is its body. */
    private static Optional<BodyPart> child(BodyPart of, int number, boolean message) {
        if (of.getPartsCount() == 0) {
            return message && number == 1 ? Optional.of(of) : Optional.empty();
        }
        return number <= of.getPartsCount() ? Optional.of(of.getParts(number - 1)) : Optional.empty();
    }
}
