package org.postel.mailbox.directory;

/** A change of the directory that cannot be made as asked. The message is for the person who asked. */
public final class DirectoryException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is in the way. */
    public enum Fault { INVALID, TAKEN, MISSING, IN_USE, CHANGED, FORBIDDEN }

    private final Fault fault;

    public DirectoryException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    /** What is in the way. */
    public Fault fault() {
        return fault;
    }
}
