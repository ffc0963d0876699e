import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;

/**
 * Runs beside the candidate's Java code, in their process; it holds no secret and no expected value.
 *
 * "program FOLDER MAIN" runs the main method of class MAIN, or of the only class that has one. "function FOLDER NAME"
 * reads one JSON request a line from standard input, calls the method with arguments of the types that it declares,
 * and writes each answer to standard output behind NUL, the token of its request and a length. With a fourth word it
 * is started before the program lies in FOLDER, and waits for a line.
 */
public final class InterviewlabDriver {
    private static final int SHOWN_FRAMES = 20;

    private InterviewlabDriver() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals("warm")) {
            // When the archive of classes is made, those of this driver are to be in it.
            warm(args[1]);
            return;
        }
        if (args.length > 3) {
            waitForProgram(new File(args[1]));
        }
        List<Class<?>> classes = load(new File(args[1]), "");
        if (args[0].equals("program")) {
            runProgram(classes, args[2]);
        } else {
            serve(classes, args[2]);
        }
    }

    private static void warm(String json) {
        Json.write(new Json(json).read());
    }

    // Until the first line of standard input: nothing behind it is read. What every run needs is loaded before, but
    // nothing out of the folder, where a part of the program may lie already.
    private static void waitForProgram(File folder) throws Exception {
        Arrays.sort(folder.listFiles());
        ClassLoader.getSystemResource("");
        InterviewlabDriver.class.getDeclaredMethod("warm", String.class).invoke(null, "{}");
        InputStream gate = new FileInputStream(FileDescriptor.in);
        for (int one = gate.read(); one != '\n'; one = gate.read()) {
            if (one < 0) {
                Runtime.getRuntime().halt(0);
            }
        }
    }

    private static List<Class<?>> load(File folder, String in) throws ClassNotFoundException {
        List<Class<?>> found = new ArrayList<>();
        File[] files = folder.listFiles();
        Arrays.sort(files);
        for (File file : files) {
            String name = file.getName();
            if (file.isDirectory()) {
                found.addAll(load(file, in.concat(name).concat(".")));
            } else if (name.endsWith(".class")) {
                // The first + of a process would link 40 classes at run time.
                String full = in.concat(name.substring(0, name.length() - ".class".length()));
                found.add(Class.forName(full, false, InterviewlabDriver.class.getClassLoader()));
            }
        }
        return found;
    }

    private static void runProgram(List<Class<?>> classes, String wanted) {
        Method found = null;
        for (Class<?> one : classes) {
            try {
                Method method = one.getDeclaredMethod("main", String[].class);
                if (Modifier.isStatic(method.getModifiers()) && (found == null || one.getSimpleName().equals(wanted))) {
                    found = method;
                }
            } catch (NoSuchMethodException | NoClassDefFoundError absent) {
                continue;
            }
        }
        if (found == null) {
            System.err.println("There is no public static void main(String[] args).");
            System.exit(1);
        }
        try {
            found.setAccessible(true);
            found.invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException error) {
            System.out.flush();
            System.err.print("Exception in thread \"main\" ");
            show(error.getCause());
            System.exit(1);
        } catch (IllegalAccessException error) {
            throw new AssertionError(error);
        }
    }

    // Only the candidate's own lines of a stack mean anything to them.
    private static void show(Throwable error) {
        String cause = "";
        for (Throwable one = error; one != null; one = one.getCause() == one ? null : one.getCause()) {
            System.err.println(cause + one);
            int shown = 0;
            for (StackTraceElement frame : one.getStackTrace()) {
                if (frame.getClassName().startsWith("InterviewlabDriver") || shown++ > SHOWN_FRAMES) {
                    break;
                }
                boolean isOurs = frame.getClassName().startsWith("jdk.internal.reflect");
                if (!isOurs && !frame.getClassName().startsWith("java.lang.reflect")) {
                    System.err.println("\tat " + frame);
                }
            }
            cause = "Caused by: ";
        }
        System.err.flush();
    }

    private static Object target;
    private static Constructor<?> make;
    private static Method method;

    private static void serve(List<Class<?>> classes, String name) throws IOException {
        // The candidate's own reads go elsewhere than ours; what they print is flushed before each answer.
        InputStream requests = new FileInputStream(FileDescriptor.in);
        OutputStream answers = new FileOutputStream(FileDescriptor.out);
        System.setIn(InputStream.nullInputStream());
        for (String line = readLine(requests); line != null; line = readLine(requests)) {
            Map<?, ?> request = (Map<?, ?>) new Json(line).read();
            Map<String, Object> answer;
            try {
                answer = answer(request, classes, name);
            } catch (InvocationTargetException error) {
                answer = failure(error.getCause());
            } catch (Throwable error) {
                answer = failure(error);
            }
            System.out.flush();
            byte[] payload = Json.write(answer).getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.write(("\0" + request.get("token") + " " + payload.length + "\n").getBytes(StandardCharsets.UTF_8));
            whole.write(payload);
            answers.write(whole.toByteArray());
        }
        // Nothing of the candidate's runs after the last answer.
        Runtime.getRuntime().halt(0);
    }

    private static Map<String, Object> answer(Map<?, ?> request, List<Class<?>> classes, String name) throws Exception {
        if (request.containsKey("load")) {
            find(classes, name);
            return value(make != null);
        }
        if (request.containsKey("renew")) {
            renew();
            return value(null);
        }
        return call((List<?>) request.get("call"));
    }

    private static String readLine(InputStream requests) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int one = LINES.read(requests); one >= 0; one = LINES.read(requests)) {
            if (one == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
            line.write(one);
        }
        return null;
    }

    private static final Buffer LINES = new Buffer();

    private static final class Buffer {
        private final byte[] held = new byte[65536];
        private int at;
        private int end;

        int read(InputStream from) throws IOException {
            if (at == end) {
                at = 0;
                end = Math.max(0, from.read(held));
            }
            return end == 0 ? -1 : held[at++] & 0xff;
        }
    }

    private static Map<String, Object> failure(Throwable error) {
        String kind = error instanceof OutOfMemoryError ? "memory_limit" : "runtime_error";
        show(error);
        String text = String.valueOf(error).split("\n", 2)[0];
        return Map.of("error", kind, "text", text.substring(0, Math.min(500, text.length())));
    }

    private static Map<String, Object> value(Object value) {
        Map<String, Object> answer = new HashMap<>();
        answer.put("value", value);
        return answer;
    }

    private static void find(List<Class<?>> classes, String name) throws Exception {
        List<Class<?>> ordered = new ArrayList<>(classes);
        ordered.sort((one, other) -> Boolean.compare(isSolution(other), isSolution(one)));
        for (Class<?> one : ordered) {
            for (Method each : one.getDeclaredMethods()) {
                if (each.getName().equals(name) && !each.isSynthetic() && method == null) {
                    method = each;
                }
            }
        }
        if (method == null) {
            throw new NoSuchMethodException("there is no method " + name);
        }
        method.setAccessible(true);
        if (!Modifier.isStatic(method.getModifiers())) {
            make = method.getDeclaringClass().getDeclaredConstructor();
            make.setAccessible(true);
            renew();
        }
    }

    // What a call left on the object is gone for the next; on the class it stays.
    private static void renew() throws Exception {
        target = null;
        target = make.newInstance();
    }

    private static boolean isSolution(Class<?> one) {
        return one.getSimpleName().equals("Solution");
    }

    private static Map<String, Object> call(List<?> args) throws Exception {
        Type[] types = method.getGenericParameterTypes();
        if (types.length != args.size()) {
            throw new IllegalArgumentException(
                "the method takes " + types.length + " arguments, not " + args.size());
        }
        Object[] values = new Object[types.length];
        for (int at = 0; at < types.length; at++) {
            values[at] = from(args.get(at), types[at]);
        }
        Object found = method.invoke(target, values);
        // No node at all is an empty list or tree.
        return value(found == null && isNode(method.getReturnType()) ? List.of() : plain(found));
    }

    // ---- JSON to the declared type -------------------------------------------------------------------------------

    private static Object from(Object json, Type type) throws Exception {
        if (type instanceof WildcardType) {
            return from(json, ((WildcardType) type).getUpperBounds()[0]);
        }
        if (type instanceof GenericArrayType) {
            Type inner = ((GenericArrayType) type).getGenericComponentType();
            return arrayFrom(list(json, type), raw(inner), inner);
        }
        Class<?> kind = raw(type);
        if (json == null && !kind.isPrimitive()) {
            return kind == Optional.class ? Optional.empty() : null;
        }
        if (kind.isArray()) {
            return arrayFrom(list(json, type), kind.getComponentType(), kind.getComponentType());
        }
        if (Map.class.isAssignableFrom(kind)) {
            return mapFrom(json, kind, type);
        }
        if (kind != Object.class && (Collection.class.isAssignableFrom(kind) || kind == Iterable.class)) {
            Collection<Object> all = emptyCollection(kind);
            for (Object item : list(json, type)) {
                all.add(from(item, argument(type, 0)));
            }
            return all;
        }
        if (kind == Optional.class) {
            return Optional.of(from(json, argument(type, 0)));
        }
        return isNode(kind) && json instanceof List ? nodesFrom((List<?>) json, kind) : scalarFrom(json, kind);
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class) {
            return (Class<?>) type;
        }
        if (type instanceof ParameterizedType) {
            return (Class<?>) ((ParameterizedType) type).getRawType();
        }
        if (type instanceof GenericArrayType) {
            return Array.newInstance(raw(((GenericArrayType) type).getGenericComponentType()), 0).getClass();
        }
        return Object.class;
    }

    private static Type argument(Type type, int at) {
        return type instanceof ParameterizedType
            ? ((ParameterizedType) type).getActualTypeArguments()[at] : Object.class;
    }

    private static List<?> list(Object json, Type type) {
        if (json instanceof List) {
            return (List<?>) json;
        }
        throw mismatch(json, type);
    }

    private static IllegalArgumentException mismatch(Object json, Type type) {
        String text = Json.write(json);
        return new IllegalArgumentException(
            "an argument is " + text.substring(0, Math.min(80, text.length())) + ", which is no " + type.getTypeName());
    }

    private static Object arrayFrom(List<?> items, Class<?> kind, Type type) throws Exception {
        Object array = Array.newInstance(kind, items.size());
        for (int at = 0; at < items.size(); at++) {
            Array.set(array, at, from(items.get(at), type));
        }
        return array;
    }

    private static Collection<Object> emptyCollection(Class<?> kind) throws Exception {
        if (!kind.isInterface()) {
            @SuppressWarnings("unchecked")
            Collection<Object> own = (Collection<Object>) kind.getDeclaredConstructor().newInstance();
            return own;
        }
        for (Collection<Object> one : List.of(
            new ArrayList<>(), new LinkedHashSet<>(), new TreeSet<>(), new ArrayDeque<Object>(), new LinkedList<>())) {
            if (kind.isInstance(one)) {
                return one;
            }
        }
        return new ArrayList<>();
    }

    private static Map<Object, Object> mapFrom(Object json, Class<?> kind, Type type) throws Exception {
        if (!(json instanceof Map)) {
            throw mismatch(json, type);
        }
        Map<Object, Object> all = new LinkedHashMap<>();
        if (!kind.isInterface()) {
            @SuppressWarnings("unchecked")
            Map<Object, Object> own = (Map<Object, Object>) kind.getDeclaredConstructor().newInstance();
            all = own;
        } else if (kind.isAssignableFrom(TreeMap.class) && !kind.isAssignableFrom(LinkedHashMap.class)) {
            all = new TreeMap<>();
        }
        Type keys = argument(type, 0);
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) json).entrySet()) {
            Object name = entry.getKey();
            boolean isText = keys == String.class || keys == Object.class || keys == Character.class;
            Object key = from(isText ? name : new Json((String) name).read(), keys);
            all.put(key, from(entry.getValue(), argument(type, 1)));
        }
        return all;
    }

    private static Object scalarFrom(Object json, Class<?> kind) {
        if (kind == Object.class) {
            return json;
        }
        if (json instanceof Boolean && (kind == boolean.class || kind == Boolean.class)) {
            return json;
        }
        if (json instanceof String) {
            String text = (String) json;
            if (kind == String.class || kind == CharSequence.class) {
                return text;
            }
            if ((kind == char.class || kind == Character.class) && text.length() == 1) {
                return text.charAt(0);
            }
        }
        if (json instanceof Number) {
            Object number = numberFrom((Number) json, kind);
            if (number != null) {
                return number;
            }
        }
        throw mismatch(json, kind);
    }

    private static Object numberFrom(Number json, Class<?> kind) {
        if (kind == double.class || kind == Double.class) {
            return json.doubleValue();
        }
        if (kind == float.class || kind == Float.class) {
            return json.floatValue();
        }
        if (kind == Number.class) {
            return json;
        }
        BigDecimal exact = json instanceof Double ? BigDecimal.valueOf(json.doubleValue()) : new BigDecimal(json.toString());
        if (kind == BigDecimal.class) {
            return exact;
        }
        try {
            if (kind == int.class || kind == Integer.class) {
                return exact.intValueExact();
            }
            if (kind == long.class || kind == Long.class) {
                return exact.longValueExact();
            }
            if (kind == short.class || kind == Short.class) {
                return exact.shortValueExact();
            }
            if (kind == byte.class || kind == Byte.class) {
                return exact.byteValueExact();
            }
            return kind == BigInteger.class ? exact.toBigIntegerExact() : null;
        } catch (ArithmeticException notWhole) {
            return null;
        }
    }

    // ---- Linked lists (val, next) and trees (val, left, right) ---------------------------------------------------

    private static Field field(Class<?> kind, String... names) {
        for (String name : names) {
            try {
                Field found = kind.getDeclaredField(name);
                found.setAccessible(true);
                return found;
            } catch (NoSuchFieldException | RuntimeException absent) {
                continue;
            }
        }
        return null;
    }

    private static boolean isList(Class<?> kind) {
        Field next = field(kind, "next");
        return next != null && next.getType() == kind && field(kind, "val", "value") != null;
    }

    private static boolean isTree(Class<?> kind) {
        Field left = field(kind, "left");
        return left != null && left.getType() == kind && field(kind, "right") != null
            && field(kind, "val", "value") != null;
    }

    private static boolean isNode(Class<?> kind) {
        return !kind.isPrimitive() && !kind.getName().startsWith("java.") && (isList(kind) || isTree(kind));
    }

    private static Object node(Class<?> kind, Object json) throws Exception {
        Field place = field(kind, "val", "value");
        Object value = from(json, place.getGenericType());
        Object made = null;
        for (Constructor<?> make : kind.getDeclaredConstructors()) {
            make.setAccessible(true);
            if (made == null && make.getParameterCount() == 0) {
                made = make.newInstance();
            } else if (make.getParameterCount() == 1) {
                made = make.newInstance(value);
            }
        }
        if (made == null) {
            throw new IllegalArgumentException(kind.getName() + " has no constructor without arguments");
        }
        place.set(made, value);
        return made;
    }

    private static Object nodesFrom(List<?> items, Class<?> kind) throws Exception {
        if (isList(kind)) {
            Object head = null;
            for (int at = items.size() - 1; at >= 0; at--) {
                Object one = node(kind, items.get(at));
                field(kind, "next").set(one, head);
                head = one;
            }
            return head;
        }
        // A tree is a list of its nodes level by level, null where a child is missing.
        if (items.isEmpty() || items.get(0) == null) {
            return null;
        }
        Object root = node(kind, items.get(0));
        Deque<Object> waiting = new ArrayDeque<>(List.of(root));
        for (int at = 1; at < items.size() && !waiting.isEmpty(); ) {
            Object parent = waiting.remove();
            for (String side : List.of("left", "right")) {
                Object item = at < items.size() ? items.get(at++) : null;
                if (item != null) {
                    Object child = node(kind, item);
                    field(kind, side).set(parent, child);
                    waiting.add(child);
                }
            }
        }
        return root;
    }

    private static List<Object> nodesTo(Object first) throws Exception {
        Class<?> kind = first.getClass();
        Field value = field(kind, "val", "value");
        Map<Object, Object> seen = new IdentityHashMap<>();
        List<Object> items = new ArrayList<>();
        if (isList(kind)) {
            for (Object one = first; one != null; one = field(kind, "next").get(one)) {
                if (seen.put(one, one) != null) {
                    throw new IllegalArgumentException("returned a linked list that goes round in a circle");
                }
                items.add(plain(value.get(one)));
            }
            return items;
        }
        LinkedList<Object> waiting = new LinkedList<>(List.of(first));
        while (!waiting.isEmpty()) {
            Object one = waiting.remove();
            items.add(one == null ? null : plain(value.get(one)));
            if (one != null) {
                if (seen.put(one, one) != null) {
                    throw new IllegalArgumentException("returned a tree that goes round in a circle");
                }
                waiting.add(field(kind, "left").get(one));
                waiting.add(field(kind, "right").get(one));
            }
        }
        while (!items.isEmpty() && items.get(items.size() - 1) == null) {
            items.remove(items.size() - 1);
        }
        return items;
    }

    // ---- The answer as lists, maps, strings and numbers ----------------------------------------------------------

    private static Object plain(Object value) throws Exception {
        if (value == null || value instanceof Boolean || value instanceof String || value instanceof Number) {
            return value;
        }
        if (value instanceof Character || value instanceof CharSequence || value instanceof Enum) {
            return value.toString();
        }
        if (value instanceof Optional) {
            return plain(((Optional<?>) value).orElse(null));
        }
        if (value.getClass().isArray()) {
            List<Object> items = new ArrayList<>();
            for (int at = 0; at < Array.getLength(value); at++) {
                items.add(plain(Array.get(value, at)));
            }
            return items;
        }
        if (value instanceof Map) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                fields.put(String.valueOf(entry.getKey()), plain(entry.getValue()));
            }
            return fields;
        }
        if (value instanceof Iterable) {
            return itemsOf((Iterable<?>) value);
        }
        if (isNode(value.getClass())) {
            return nodesTo(value);
        }
        throw new IllegalArgumentException("returned a " + value.getClass().getName() + ", which cannot be compared");
    }

    private static List<Object> itemsOf(Iterable<?> value) throws Exception {
        List<Object> items = new ArrayList<>();
        for (Object item : value) {
            items.add(plain(item));
        }
        if (value instanceof Set) {
            items.sort(InterviewlabDriver::compareNaturally);
        }
        return items;
    }

    private static int compareNaturally(Object one, Object other) {
        if (one instanceof Number && other instanceof Number) {
            return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString()));
        }
        return Json.write(one).compareTo(Json.write(other));
    }

    /** A reader and a writer of JSON: the JDK has none. */
    private static final class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Object read() {
            skip();
            switch (text.charAt(at)) {
                case '{':
                    return object();
                case '[':
                    return list();
                case '"':
                    return string();
                case 't':
                    at += 4;
                    return true;
                case 'f':
                    at += 5;
                    return false;
                case 'n':
                    at += 4;
                    return null;
                default:
                    return number();
            }
        }

        private void skip() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private boolean goesOn(char close) {
            skip();
            if (text.charAt(at) == ',') {
                at++;
                skip();
            }
            if (text.charAt(at) != close) {
                return true;
            }
            at++;
            return false;
        }

        private Object object() {
            Map<String, Object> fields = new LinkedHashMap<>();
            at++;
            while (goesOn('}')) {
                String name = string();
                skip();
                at++;
                fields.put(name, read());
            }
            Object special = fields.size() == 1 ? fields.get("$float") : null;
            return special == null ? fields : Double.valueOf(String.valueOf(special));
        }

        private List<Object> list() {
            List<Object> items = new ArrayList<>();
            at++;
            while (goesOn(']')) {
                items.add(read());
            }
            return items;
        }

        private Object number() {
            int start = at;
            while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            String digits = text.substring(start, at);
            if (digits.matches("-?\\d+")) {
                BigInteger whole = new BigInteger(digits);
                if (whole.bitLength() < 32) {
                    return whole.intValue();
                }
                return whole.bitLength() < 64 ? (Object) whole.longValue() : whole;
            }
            return Double.valueOf(digits);
        }

        private String string() {
            StringBuilder found = new StringBuilder();
            for (at++; text.charAt(at) != '"'; at++) {
                if (text.charAt(at) != '\\') {
                    found.append(text.charAt(at));
                    continue;
                }
                char sign = text.charAt(++at);
                int place = "ntrbf".indexOf(sign);
                if (sign == 'u') {
                    found.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                    at += 4;
                } else {
                    found.append(place < 0 ? sign : "\n\t\r\b\f".charAt(place));
                }
            }
            at++;
            return found.toString();
        }

        static String write(Object value) {
            StringBuilder out = new StringBuilder();
            put(out, value);
            return out.toString();
        }

        private static void put(StringBuilder out, Object value) {
            if (value instanceof Map) {
                String before = "{";
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                    quote(out.append(before), String.valueOf(entry.getKey()));
                    put(out.append(": "), entry.getValue());
                    before = ", ";
                }
                out.append(before.equals("{") ? "{}" : "}");
            } else if (value instanceof Collection) {
                String before = "[";
                for (Object item : (Collection<?>) value) {
                    put(out.append(before), item);
                    before = ", ";
                }
                out.append(before.equals("[") ? "[]" : "]");
            } else if (value instanceof Number && !Double.isFinite(((Number) value).doubleValue())
                && !(value instanceof BigInteger) && !(value instanceof BigDecimal)) {
                out.append("{\"$float\": \"").append(value).append("\"}");
            } else if (value == null || value instanceof Number || value instanceof Boolean) {
                out.append(value);
            } else {
                quote(out, String.valueOf(value));
            }
        }

        private static void quote(StringBuilder out, String text) {
            out.append('"');
            for (char sign : text.toCharArray()) {
                if (sign == '"' || sign == '\\') {
                    out.append('\\').append(sign);
                } else if (sign < 0x20 || sign > 0x7e) {
                    out.append(String.format("\\u%04x", (int) sign));
                } else {
                    out.append(sign);
                }
            }
            out.append('"');
        }
    }
}
