package org.postel.imap.syntax;

import java.util.List;
import java.util.stream.Collectors;

/** {@code section} of RFC 3501 §6.4.5: which octets of a message. */
public record Section(List<Integer> part, Kind kind) {

    /** What of the part. */
    public sealed interface Kind {

        /** The whole message, or the body of a part. */
        record Whole() implements Kind {
        }

        /** The header of the message or of the embedded message. */
        record Header() implements Kind {
        }

        /** The header fields with these names, or with {@code not} all but these. */
        record Fields(boolean not, List<String> names) implements Kind {

            public Fields {
                names = List.copyOf(names);
            }
        }

        /** The body of the message or of the embedded message. */
        record Text() implements Kind {
        }

        /** The MIME header of the part. */
        record Mime() implements Kind {
        }
    }

    public Section {
        part = List.copyOf(part);
    }

    /** The names of header fields in it. */
    public List<String> names() {
        return kind instanceof Kind.Fields fields ? fields.names() : List.of();
    }

    /** As it stands between the brackets of the response. */
    public String wire() {
        String path = part.stream().map(String::valueOf).collect(Collectors.joining("."));
        String what = switch (kind) {
            case Kind.Whole _ -> "";
            case Kind.Header _ -> "HEADER";
            case Kind.Text _ -> "TEXT";
            case Kind.Mime _ -> "MIME";
            case Kind.Fields fields -> (fields.not() ? "HEADER.FIELDS.NOT (" : "HEADER.FIELDS (")
                    + fields.names().stream().map(ResponseBuffer::astringOf).collect(Collectors.joining(" ")) + ")";
        };
        return path + (path.isEmpty() || what.isEmpty() ? "" : ".") + what;
    }
}
