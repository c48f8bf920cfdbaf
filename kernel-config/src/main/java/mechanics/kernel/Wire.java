package mechanics.kernel;

import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.reflect.TypeToken;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.KernelTimestamp;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.adapters.HistoryRequestAdapter;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;

/** Reads Jupyter's messages from their frames. Whatever arrives, it says what it is and throws nothing. */
final class Wire {

    /** What frames turned out to be. */
    sealed interface Received {

        /** A message. */
        record Whole(Message<?> message) implements Received {}

        /** A message whose content is not what its type asks for; {@code message} has no content. */
        record Malformed(Message<?> message, String reason) implements Received {}

        /** No message, or none of ours. Nobody can be answered. */
        record Noise(String reason) implements Received {}
    }

    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    /** Signature, header, header of the parent, metadata, content. */
    private static final int FRAMES = 5;
    private static final Gson GSON = new GsonBuilder()
            .registerTypeAdapter(HistoryRequest.class, HistoryRequestAdapter.INSTANCE).create();
    private static final Set<String> WITH_CODE = Set.of("execute_request", "complete_request",
            "inspect_request", "is_complete_request");
    /** What the protocol says of fields that are left out. */
    private static final Map<String, JsonElement> EXECUTE_DEFAULTS = Map.of("silent",
            new JsonPrimitive(false), "store_history", new JsonPrimitive(true), "user_expressions",
            new JsonObject(), "allow_stdin", new JsonPrimitive(true), "stop_on_error",
            new JsonPrimitive(true));

    private final HMACGenerator signatures;

    Wire(KernelConnectionProperties properties) throws NoSuchAlgorithmException, InvalidKeyException {
        this.signatures = properties.createHMACGenerator();
    }

    /** The type of that name, also one that the protocol layer does not know. */
    static synchronized MessageType<?> type(String name) {
        MessageType<?> known = MessageType.getType(name);
        if (!known.equals(MessageType.UNKNOWN)) {
            return known;
        }
        try {
            // The reply has to name its request's type, so even a type that is not known needs an object.
            Constructor<?> constructor = MessageType.class.getDeclaredConstructor(String.class, Class.class);
            constructor.setAccessible(true);
            return (MessageType<?>) constructor.newInstance(name, JsonObject.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the protocol layer has changed: " + e, e);
        }
    }

    /** The type of the reply to a request, which need not be known either. */
    static MessageType<?> replyType(MessageType<?> request) {
        return type(request.getName().replaceFirst("_request$", "_reply"));
    }

    Received read(List<byte[]> frames) {
        int delimiter = 0;
        while (delimiter < frames.size() && !Arrays.equals(frames.get(delimiter), DELIMITER)) {
            delimiter++;
        }
        List<byte[]> rest = frames.subList(Math.min(delimiter + 1, frames.size()), frames.size());
        if (rest.size() < FRAMES) {
            return new Received.Noise("it has " + frames.size() + " frames, not those of a message");
        }
        String signature = signatures.calculateSignature(rest.get(1), rest.get(2), rest.get(3), rest.get(4));
        if (!signature.isEmpty() && !MessageDigest.isEqual(signature.getBytes(StandardCharsets.US_ASCII),
                rest.get(0))) {
            return new Received.Noise("its signature is wrong");
        }
        Header<?> header;
        try {
            header = header(object(rest.get(1)));
        } catch (JsonParseException e) {
            return new Received.Noise("its header is wrong: " + e.getMessage());
        }
        List<byte[]> identities = List.copyOf(frames.subList(0, delimiter));
        List<byte[]> blobs = List.copyOf(rest.subList(FRAMES, rest.size()));
        try {
            return new Received.Whole(message(identities, header, metadata(rest.get(3)),
                    content(header.getType(), object(rest.get(4))), blobs));
        } catch (RuntimeException e) { // of the protocol layer too, which checks the types of fields
            return new Received.Malformed(message(identities, header, Map.of(), null, blobs),
                    String.valueOf(e.getMessage()));
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the content is of the header's type
    private static Message<?> message(List<byte[]> identities, Header<?> header, Map<String, Object> metadata,
            Object content, List<byte[]> blobs) {
        return new Message(identities, header, null, metadata, content, blobs);
    }

    private static JsonObject object(byte[] frame) {
        return JsonParser.parseString(new String(frame, StandardCharsets.UTF_8)) instanceof JsonObject object
                ? object
                : refuse("expected a JSON object");
    }

    private static JsonObject refuse(String reason) { throw new JsonParseException(reason); }

    private static Header<?> header(JsonObject json) {
        String type = text(json, "msg_type");
        String id = text(json, "msg_id");
        if (type.isEmpty() || id.isEmpty()) {
            refuse("it lacks msg_type or msg_id");
        }
        String date = text(json, "date");
        return new Header<>(id, text(json, "username"), text(json, "session"),
                date.isEmpty() ? KernelTimestamp.now() : new KernelTimestamp(date), type(type),
                text(json, "version"));
    }

    private static String text(JsonObject json, String field) {
        return json.get(field) instanceof JsonPrimitive value && value.isString() ? value.getAsString() : "";
    }

    private static Map<String, Object> metadata(byte[] frame) {
        return GSON.fromJson(object(frame), new TypeToken<Map<String, Object>>() {
        }.getType());
    }

    private static Object content(MessageType<?> type, JsonObject json) {
        String name = type.getName();
        if (WITH_CODE.contains(name)
                && !(json.get("code") instanceof JsonPrimitive code && code.isString())) {
            refuse("code: expected a text");
        }
        if (name.equals("execute_request")) {
            EXECUTE_DEFAULTS.forEach((field, value) -> {
                if (json.get(field) == null || json.get(field).isJsonNull()) {
                    json.add(field, value.deepCopy());
                }
            });
        }
        return GSON.fromJson(json, type.getContentType());
    }
}
