package org.postel.mailbox.page;

import io.quarkus.qute.Template;
import java.net.URI;
import java.util.Map;

/** What a request for a page ends in. */
public sealed interface Answer {

    /**
     * A page.
     *
     * @param status of HTTP
     * @param data   what the template shows, beside the texts {@code t} and the {@link Frame} {@code frame}
     */
    record Shown(int status, Template template, Map<String, Object> data) implements Answer {
        public Shown {
            data = Map.copyOf(data);
        }
    }

    /**
     * Another page, so that loading that one again repeats nothing.
     *
     * @param said the name of the text that is shown there; empty: none
     */
    record GoTo(String path, String said) implements Answer {}

    /** A page of another server. */
    record Elsewhere(URI uri) implements Answer {}

    /** A few words for a script of a page, as plain text. */
    record Text(String text) implements Answer {}

    /**
     * A file to be kept, not shown.
     *
     * @param name plain letters, digits and dots
     * @param type its media type
     */
    record Download(String name, String type, byte[] octets) implements Answer {}

    /** A page as it was asked for. */
    static Answer page(Template template, Map<String, Object> data) {
        return new Shown(200, template, data);
    }

    /** A form again, with what is wrong in it: RFC 9110 §15.5.21. */
    static Answer again(Template template, Map<String, Object> data) {
        return new Shown(422, template, data);
    }
}
