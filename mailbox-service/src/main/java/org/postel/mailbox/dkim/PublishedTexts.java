package org.postel.mailbox.dkim;

/** Asks DNS whether a record got about. */
@FunctionalInterface
public interface PublishedTexts {

    /** Whether the name has this TXT record; false also when DNS does not answer. */
    boolean has(String name, String text);
}
