package org.postel.mailbox.admin;

import java.util.List;
import java.util.Objects;
import org.postel.mailbox.directory.DirectoryException;

/** Fields of a JSON body that must be there. */
final class Given {

    private Given() {}

    static String text(String value, String field) throws DirectoryException {
        if (value == null || value.isEmpty()) {
            throw new DirectoryException(DirectoryException.Fault.INVALID, "the field \"" + field + "\" is missing");
        }
        return value;
    }

    static List<String> texts(List<String> values, String field) throws DirectoryException {
        if (values == null || values.stream().anyMatch(Objects::isNull)) {
            throw new DirectoryException(DirectoryException.Fault.INVALID, "the field \"" + field + "\" is missing");
        }
        return values;
    }
}
