package org.postel.imap.syntax;

import java.util.Optional;

/** {@code fetch-att} of RFC 3501 §6.4.5 and RFC 7162 §3.1.4.2. The macros are taken apart by the parser. */
public sealed interface FetchItem {

    record Flags() implements FetchItem {
    }

    record Uid() implements FetchItem {
    }

    record ModSeq() implements FetchItem {
    }

    record InternalDate() implements FetchItem {
    }

    record Size() implements FetchItem {
    }

    /** RFC 8514 §4.2. */
    record SaveDate() implements FetchItem {
    }

    /** RFC 8474 §5.1. */
    record EmailId() implements FetchItem {
    }

    /** RFC 8474 §5.2. */
    record ThreadId() implements FetchItem {
    }

    record Envelope() implements FetchItem {
    }

    /** {@code BODY} without, {@code BODYSTRUCTURE} with the extension data. */
    record Structure(boolean extended) implements FetchItem {
    }

    /** {@code BODY[...]<...>}; with {@code peek} it does not set {@code \Seen}. */
    record Body(boolean peek, Section section, Optional<Partial> partial) implements FetchItem {
    }

    /** RFC 8970 §3; with {@code lazy} only where it is at hand (§4.1). */
    record Preview(boolean lazy) implements FetchItem {
    }

    /** {@code BINARY[...]<...>} of RFC 9051 §6.4.5 and RFC 3516: a part without its transfer encoding. */
    record Binary(boolean peek, Section section, Optional<Partial> partial) implements FetchItem {
    }

    /** {@code BINARY.SIZE[...]}: how long that is. */
    record BinarySize(Section section) implements FetchItem {
    }

    /** {@code RFC822}, {@code RFC822.HEADER}, {@code RFC822.TEXT}: a section under an older name. */
    record Rfc822(Section section, String name) implements FetchItem {
    }

    /** {@code <first.length>}. */
    record Partial(long first, long length) {
    }

    /** Whether fetching it sets {@code \Seen}. */
    default boolean marksSeen() {
        return switch (this) {
            case Body body -> !body.peek();
            case Binary binary -> !binary.peek();
            case Rfc822 old -> !(old.section().kind() instanceof Section.Kind.Header);
            case Flags _, Uid _, ModSeq _, EmailId _, ThreadId _, InternalDate _, Size _, SaveDate _, Envelope _, Structure _,
                    BinarySize _, Preview _ -> false;
        };
    }

    /** Whether it needs octets of the message. */
    default boolean readsContent() {
        return this instanceof Body || this instanceof Rfc822 || this instanceof Binary || this instanceof BinarySize;
    }
}
