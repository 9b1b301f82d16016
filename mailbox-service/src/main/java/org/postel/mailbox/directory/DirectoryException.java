package org.postel.mailbox.directory;

/** A change of the directory that cannot be made as asked. The message is for the person who asked. */
public final class DirectoryException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is in the way. */
    public enum Fault { INVALID, TAKEN, MISSING, IN_USE, CHANGED, FORBIDDEN }

    private final Fault fault;
    private final String field;

    public DirectoryException(Fault fault, String message) {
        this(fault, "", message);
    }

    /** @param field what is wrong, by the name that it has for whoever asked */
    public DirectoryException(Fault fault, String field, String message) {
        super(message);
        this.fault = fault;
        this.field = field;
    }

    /** What is wrong, by its name; empty: no single thing. */
    public String field() {
        return field;
    }

    /** What is in the way. */
    public Fault fault() {
        return fault;
    }
}
