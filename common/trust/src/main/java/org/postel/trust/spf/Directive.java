package org.postel.trust.spf;

/** What to say of whom: RFC 7208 §4.6.1. */
record Directive(SpfResult qualifier, Mechanism mechanism) {
}
