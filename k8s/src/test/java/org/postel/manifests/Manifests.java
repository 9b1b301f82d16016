package org.postel.manifests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The resources as they stand in the files; a field that Kubernetes does not know is an error. */
final class Manifests {

    private static final Path ROOT = Path.of(System.getProperty("postel.root"));
    private static final ObjectMapper STRICT = new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new NothingElse());

    /** The models gather what they do not know in a map; without it, Jackson refuses it. */
    private static final class NothingElse extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    private Manifests() {
    }

    static Path file(String relative) {
        return ROOT.resolve(relative);
    }

    static List<HasMetadata> base() throws IOException {
        return in("k8s/base");
    }

    static List<HasMetadata> dev() throws IOException {
        return in("k8s/overlays/dev");
    }

    static List<HasMetadata> all() throws IOException {
        return Stream.concat(base().stream(), dev().stream()).toList();
    }

    static <T extends HasMetadata> List<T> only(Class<T> type, List<HasMetadata> resources) {
        return resources.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** A kustomization file, which has no typed model. */
    static JsonNode kustomization(String folder) throws IOException {
        return yaml(folder + "/kustomization.yaml");
    }

    /** A file that is no resource. */
    static JsonNode yaml(String file) throws IOException {
        return STRICT.readTree(Files.readString(file(file)));
    }

    /** The folders of all components and overlays. */
    static List<String> kustomizations() throws IOException {
        List<String> found = new ArrayList<>(List.of("k8s/base"));
        for (String kind : List.of("k8s/overlays", "k8s/components")) {
            try (Stream<Path> folders = Files.list(file(kind))) {
                folders.map(folder -> kind + "/" + folder.getFileName()).sorted().forEach(found::add);
            }
        }
        return found;
    }

    /** The names of the resource files in a folder. */
    static List<String> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(file(folder))) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml")).sorted().toList();
        }
    }

    /** Reads one resource. */
    static HasMetadata read(JsonNode resource) throws JsonProcessingException {
        return STRICT.treeToValue(resource, Kinds.of(resource.path("apiVersion").asText() + "/" + resource.path("kind").asText()));
    }

    /** Reads the resources in a folder. */
    static List<HasMetadata> in(String folder) throws IOException {
        List<HasMetadata> found = new ArrayList<>();
        for (String name : files(folder)) {
            found.addAll(resources(Files.readString(file(folder + "/" + name))));
        }
        return found;
    }

    /** Reads the resources of one stream of documents. */
    static List<HasMetadata> resources(String yaml) throws IOException {
        List<HasMetadata> found = new ArrayList<>();
        try (var documents = STRICT.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            while (documents.hasNext()) {
                found.add(read(documents.next()));
            }
        }
        return found;
    }
}
