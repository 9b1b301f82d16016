package org.postel.delivery.route;

/** The header lines that a copy gets at final delivery. */
final class TraceLines {

    private TraceLines() {
    }

    /**
     * Return-Path (RFC 5321 §4.4) and Delivered-To (RFC 9228 §3), each ended by CRLF.
     *
     * @param reversePath without angle brackets, empty for the null one
     */
    static String of(String reversePath, String deliveredTo) {
        return "Return-Path: <" + clean(reversePath) + ">\r\n" + deliveredTo(deliveredTo);
    }

    /** Delivered-To alone, for a copy that an account sends on. */
    static String deliveredTo(String address) {
        return "Delivered-To: " + clean(address) + "\r\n";
    }

    /** Addresses were parsed before they came here; a line end in one would still be a header of somebody else's. */
    private static String clean(String address) {
        return address.replaceAll("\\p{Cntrl}", "?");
    }
}
