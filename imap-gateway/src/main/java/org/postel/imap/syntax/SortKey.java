package org.postel.imap.syntax;

/** {@code sort-criterion} of RFC 5256 §5 and RFC 5957 §3. */
public record SortKey(Name name, boolean reverse) {

    /** As they are sent. */
    public enum Name { ARRIVAL, CC, DATE, FROM, SIZE, SUBJECT, TO, DISPLAYFROM, DISPLAYTO }
}
