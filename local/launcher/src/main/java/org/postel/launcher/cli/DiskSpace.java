package org.postel.launcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.postel.launcher.FailedException;

/**
 * The room on the disk of a folder.
 *
 * @param folder the folder
 * @param freeMebibytes what this user may still write
 */
record DiskSpace(Path folder, long freeMebibytes) {

    /** The engines preallocate about 150 MB of log segments when they are new. */
    static final long NEEDED_MEBIBYTES = 400;
    /** With less a segment cannot be allocated: when a start failed, it failed for this. */
    static final long FULL_MEBIBYTES = 64;
    private static final long MEBIBYTE = 1 << 20;

    /**
     * Of a folder, made when missing.
     *
     * @throws IOException when the disk cannot be asked
     */
    static DiskSpace of(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new DiskSpace(folder, Files.getFileStore(folder).getUsableSpace() / MEBIBYTE);
    }

    /** Throws a sentence for the user when less is free than that. */
    void require(long leastMebibytes) {
        if (freeMebibytes < leastMebibytes) {
            throw new FailedException("The disk is full: %s has %d MB free, Postel needs %d MB."
                    .formatted(folder, freeMebibytes, NEEDED_MEBIBYTES));
        }
    }
}
