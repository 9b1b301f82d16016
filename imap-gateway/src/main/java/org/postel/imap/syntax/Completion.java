package org.postel.imap.syntax;

import java.util.Optional;

/** {@code resp-text} with its condition, RFC 3501 §7.1: how a command ended. The text is for people and never parsed. */
public record Completion(Status status, Optional<String> code, String text) {

    /** RFC 3501 §7.1.1 to §7.1.5. */
    public enum Status { OK, NO, BAD, BYE }

    public static Completion ok(String text) {
        return new Completion(Status.OK, Optional.empty(), text);
    }

    /** With a response code, without its brackets. */
    public static Completion ok(String code, String text) {
        return new Completion(Status.OK, Optional.of(code), text);
    }

    public static Completion no(String code, String text) {
        return new Completion(Status.NO, Optional.of(code), text);
    }

    public static Completion bad(String text) {
        return new Completion(Status.BAD, Optional.empty(), text);
    }

    public static Completion bad(String code, String text) {
        return new Completion(Status.BAD, Optional.of(code), text);
    }

    public static Completion bye(String text) {
        return new Completion(Status.BYE, Optional.empty(), text);
    }

    /** The whole line. */
    public byte[] line(String tag) {
        String bracketed = code.map(it -> "[" + it + "] ").orElse("");
        return new ResponseBuffer().raw(tag + " " + status + " " + bracketed + text).crlf().take();
    }
}
