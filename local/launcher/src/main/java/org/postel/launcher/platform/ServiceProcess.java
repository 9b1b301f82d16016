package org.postel.launcher.platform;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import org.postel.engines.Child;
import org.postel.engines.JavaProgram;
import org.postel.launcher.FailedException;
import org.postel.launcher.identity.PrivateFile;

/** Makes the child process of a service from its built application. */
final class ServiceProcess {

    /** Above the environment's 300 and system properties' 400: one file says what a process was told. */
    private static final String ORDINAL = "450";

    private final Path root;
    private final DataFolder folder;

    ServiceProcess(Path root, DataFolder folder) {
        this.root = root;
        this.folder = folder;
    }

    /**
     * Not started yet.
     *
     * @param name of the process: the service's, with a number when there are several
     * @throws IOException when its settings cannot be written
     */
    Child of(String name, ServiceName service, Ports ports, Map<String, String> settings) throws IOException {
        Path application = root.resolve(service.folder()).resolve("target/quarkus-app");
        Path jar = application.resolve("quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new FailedException(service.folder() + " is not built: " + jar + " is missing.");
        }
        Path file = folder.run().resolve(name + ".properties");
        write(file, settings);
        List<String> options = new ArrayList<>(service.heapOptions());
        options.addAll(List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError",
                "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-Dquarkus.config.locations=" + file.toUri()));
        Attributes manifest = manifest(jar);
        options.addAll(opened(manifest));
        JavaProgram program = new JavaProgram(manifest.getValue(Attributes.Name.MAIN_CLASS), List.of(jar), options, List.of(), Map.of(), folder.run());
        return new Child(name, program, folder.log(name), new HealthProbe(ports.number(service.health())));
    }

    private static Attributes manifest(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes();
        }
    }

    /** What the jar asks to be opened: the JDK reads this of a manifest only when it is started with {@code -jar}. */
    private static List<String> opened(Attributes manifest) {
        String packages = manifest.getValue("Add-Opens");
        return packages == null ? List.of() : Stream.of(packages.split(" ")).map(name -> "--add-opens=" + name + "=ALL-UNNAMED").toList();
    }

    private static void write(Path file, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.put("config_ordinal", ORDINAL);
        StringWriter text = new StringWriter();
        properties.store(text, null);
        PrivateFile.write(file, text.toString());
    }
}
