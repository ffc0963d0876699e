// Compiled together with the candidate's C++ code; it holds no secret and no expected value. It reads one JSON
// request a line from standard input, calls the function with arguments of the types that it declares, and writes
// each answer to standard output behind NUL, the token of its request and a length.
#pragma once
#include <bits/stdc++.h>
#include <fcntl.h>
#include <unistd.h>

namespace interviewlab {

struct Json {
    enum Kind { null, truth, number, text, list, object } kind = null;
    bool is_true = false;
    std::string words;  // of a text, or the digits of a number
    std::vector<Json> items;
    std::vector<std::pair<std::string, Json>> fields;

    const Json* find(const std::string& name) const {
        for (auto& [key, value] : fields)
            if (key == name) return &value;
        return nullptr;
    }
};

[[noreturn]] inline void refuse(const std::string& what) { throw std::invalid_argument(what); }

class Parser {
public:
    explicit Parser(const std::string& line) : at_(line.c_str()) {}

    Json value() {
        skip();
        Json found;
        if (*at_ == '{') return object();
        if (*at_ == '[') return list();
        if (*at_ == '"') {
            found.kind = Json::text;
            found.words = string();
        } else if (take("true") || take("false")) {
            found.kind = Json::truth;
            found.is_true = at_[-2] == 'u';
        } else if (!take("null")) {
            found.kind = Json::number;
            while (*at_ && std::strchr("+-.eE0123456789", *at_)) found.words += *at_++;
        }
        return found;
    }

private:
    const char* at_;

    void skip() {
        while (std::isspace(static_cast<unsigned char>(*at_))) ++at_;
    }
    bool take(const char* word) {
        if (std::strncmp(at_, word, std::strlen(word)) != 0) return false;
        at_ += std::strlen(word);
        return true;
    }
    bool goes_on(char close) {
        skip();
        if (*at_ == ',') ++at_;
        skip();
        if (*at_ != close && *at_) return true;
        ++at_;
        return false;
    }
    Json list() {
        Json found;
        found.kind = Json::list;
        ++at_;
        while (goes_on(']')) found.items.push_back(value());
        return found;
    }
    Json object() {
        Json found;
        found.kind = Json::object;
        ++at_;
        while (goes_on('}')) {
            std::string name = string();
            skip();
            ++at_;
            found.fields.emplace_back(std::move(name), value());
        }
        return found;
    }
    unsigned hex() {
        unsigned code = static_cast<unsigned>(std::stoul(std::string(at_, 4), nullptr, 16));
        at_ += 4;
        return code;
    }
    void put(std::string& out, unsigned code) {
        if (code >= 0xd800 && code < 0xdc00 && at_[0] == '\\' && at_[1] == 'u') {
            at_ += 2;
            code = 0x10000 + ((code - 0xd800) << 10) + (hex() - 0xdc00);
        }
        auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((code >> shift) & 0x3f)); };
        if (code < 0x80) {
            out += static_cast<char>(code);
        } else if (code < 0x800) {
            out += static_cast<char>(0xc0 | (code >> 6)), tail(0);
        } else if (code < 0x10000) {
            out += static_cast<char>(0xe0 | (code >> 12)), tail(6), tail(0);
        } else {
            out += static_cast<char>(0xf0 | (code >> 18)), tail(12), tail(6), tail(0);
        }
    }
    std::string string() {
        static const std::map<char, char> plain{{'n', '\n'}, {'t', '\t'}, {'r', '\r'}, {'b', '\b'}, {'f', '\f'}};
        std::string found;
        ++at_;
        while (*at_ && *at_ != '"') {
            if (*at_ != '\\') {
                found += *at_++;
                continue;
            }
            char sign = *++at_;
            ++at_;
            if (sign == 'u')
                put(found, hex());
            else
                found += plain.count(sign) ? plain.at(sign) : sign;
        }
        ++at_;
        return found;
    }
};

template <class T> concept ListLike = requires(T t) { t.val; t.next; };
template <class T> concept TreeLike = requires(T t) { t.val; t.left; t.right; };
template <class T> concept MapLike = requires { typename T::key_type; typename T::mapped_type; };
template <class T> concept SetLike = requires { typename T::key_type; } && !MapLike<T>;
template <class T> concept Row = requires(T t) { typename T::value_type; t.begin(); } && !MapLike<T> && !SetLike<T>;
template <class T> concept Text = std::same_as<T, std::string>;
template <class T> struct IsTuple : std::false_type {};
template <class... A> struct IsTuple<std::tuple<A...>> : std::true_type {};
template <class A, class B> struct IsTuple<std::pair<A, B>> : std::true_type {};
template <class T> struct IsOptional : std::false_type {};
template <class T> struct IsOptional<std::optional<T>> : std::true_type {};
template <class T> struct IsArray : std::false_type {};
template <class T, size_t N> struct IsArray<std::array<T, N>> : std::true_type {};

template <class T> T from(const Json& json);

inline const Json& expect(const Json& json, Json::Kind kind, const char* what) {
    if (json.kind != kind) refuse(std::string("an argument is not ") + what);
    return json;
}

template <class T> T number_from(const Json& json) {
    if (const Json* name = json.find("$float"); name && std::floating_point<T>)
        return static_cast<T>(std::strtod(name->words.c_str(), nullptr));
    expect(json, Json::number, "a number");
    if constexpr (std::floating_point<T>) return static_cast<T>(std::strtod(json.words.c_str(), nullptr));
    if (json.words.find_first_of(".eE") != std::string::npos) {
        double found = std::strtod(json.words.c_str(), nullptr);
        if (found != std::trunc(found)) refuse("an argument is not a whole number");
        return static_cast<T>(found);
    }
    if constexpr (std::unsigned_integral<T>) return static_cast<T>(std::strtoull(json.words.c_str(), nullptr, 10));
    else return static_cast<T>(std::strtoll(json.words.c_str(), nullptr, 10));
}

inline std::string quote(const std::string& text);

template <class T> T key_from(const std::string& name) {
    if constexpr (Text<T>) return name;
    else if constexpr (std::same_as<T, char>) return from<T>(Parser(quote(name)).value());
    else return from<T>(Parser(name).value());
}

template <class T> T list_from(const Json& json) {
    T head = nullptr;
    for (auto item = json.items.rbegin(); item != json.items.rend(); ++item) {
        auto* node = new std::remove_pointer_t<T>(from<std::decay_t<decltype(head->val)>>(*item));
        node->next = head;
        head = node;
    }
    return head;
}

// A tree is a list of its nodes level by level, null where a child is missing.
template <class T> T tree_from(const Json& json) {
    using Value = std::decay_t<decltype(T()->val)>;
    if (json.items.empty() || json.items[0].kind == Json::null) return nullptr;
    auto* root = new std::remove_pointer_t<T>(from<Value>(json.items[0]));
    std::deque<T> waiting{root};
    for (size_t at = 1; at < json.items.size() && !waiting.empty(); waiting.pop_front())
        for (T* child : {&waiting.front()->left, &waiting.front()->right}) {
            if (at >= json.items.size()) break;
            const Json& item = json.items[at++];
            if (item.kind == Json::null) continue;
            *child = new std::remove_pointer_t<T>(from<Value>(item));
            waiting.push_back(*child);
        }
    return root;
}

template <class T> T from(const Json& json) {
    if constexpr (std::same_as<T, bool>) return expect(json, Json::truth, "true or false").is_true;
    else if constexpr (std::same_as<T, char>) {
        if (expect(json, Json::text, "a character").words.size() != 1) refuse("an argument is not one character");
        return json.words[0];
    } else if constexpr (std::is_arithmetic_v<T>) return number_from<T>(json);
    else if constexpr (Text<T>) return expect(json, Json::text, "a string").words;
    else if constexpr (IsOptional<T>::value) {
        if (json.kind == Json::null) return std::nullopt;
        return from<typename T::value_type>(json);
    } else if constexpr (IsTuple<T>::value) {
        if (expect(json, Json::list, "a list").items.size() != std::tuple_size_v<T>) refuse("a tuple has another size");
        return [&]<size_t... I>(std::index_sequence<I...>) {
            return T(from<std::tuple_element_t<I, T>>(json.items[I])...);
        }(std::make_index_sequence<std::tuple_size_v<T>>());
    } else if constexpr (IsArray<T>::value) {
        T found{};
        if (expect(json, Json::list, "a list").items.size() != found.size()) refuse("an array has another size");
        for (size_t at = 0; at < found.size(); ++at) found[at] = from<typename T::value_type>(json.items[at]);
        return found;
    } else if constexpr (MapLike<T>) {
        T found;
        for (auto& [name, value] : expect(json, Json::object, "a map").fields)
            found.emplace(key_from<typename T::key_type>(name), from<typename T::mapped_type>(value));
        return found;
    } else if constexpr (SetLike<T>) {
        T found;
        for (auto& item : expect(json, Json::list, "a list").items) found.insert(from<typename T::key_type>(item));
        return found;
    } else if constexpr (Row<T>) {
        T found;
        for (auto& item : expect(json, Json::list, "a list").items) found.push_back(from<typename T::value_type>(item));
        return found;
    } else if constexpr (std::is_pointer_v<T> && ListLike<std::remove_pointer_t<T>>) return list_from<T>(json);
    else if constexpr (std::is_pointer_v<T> && TreeLike<std::remove_pointer_t<T>>) return tree_from<T>(json);
    else static_assert(!sizeof(T), "a parameter has a type that no test can give");
}

inline std::string quote(const std::string& text) {
    std::string out = "\"";
    char code[8];
    for (unsigned char sign : text) {
        if (sign == '"' || sign == '\\') out += '\\', out += static_cast<char>(sign);
        else if (sign < 0x20 || sign == 0x7f) std::snprintf(code, sizeof code, "\\u%04x", sign), out += code;
        else out += static_cast<char>(sign);
    }
    return out + '"';
}

template <class T> std::string to(const T& value);

template <class T> std::string float_to(T value) {
    if (std::isnan(value)) return R"({"$float": "NaN"})";
    if (std::isinf(value)) return value > 0 ? R"({"$float": "Infinity"})" : R"({"$float": "-Infinity"})";
    char digits[64];
    // As many digits as the type keeps: 0.1f is 0.1.
    for (int precision = std::numeric_limits<T>::digits10;; ++precision) {
        std::snprintf(digits, sizeof digits, "%.*Lg", precision, static_cast<long double>(value));
        if (precision >= std::numeric_limits<T>::max_digits10 || static_cast<T>(std::strtold(digits, nullptr)) == value)
            return digits;
    }
}

template <class T> std::string row_to(const T& row) {
    std::string out = "[";
    for (const auto& item : row) {
        if (out.size() > 1) out += ", ";
        out += to(static_cast<typename T::value_type>(item));
    }
    return out + "]";
}

template <class T> std::string map_to(const T& map) {
    std::string out = "{";
    for (const auto& [key, value] : map) {
        if (out.size() > 1) out += ", ";
        using Key = std::decay_t<decltype(key)>;
        if constexpr (std::convertible_to<Key, std::string_view>) out += quote(std::string(std::string_view(key)));
        else if constexpr (std::same_as<Key, char>) out += to(key);
        else out += quote(to(key));
        out += ": " + to(value);
    }
    return out + "}";
}

template <class T> std::string list_to(const T* node) {
    std::string out = "[";
    std::unordered_set<const T*> seen;
    for (; node; node = node->next) {
        if (!seen.insert(node).second) refuse("returned a linked list that goes round in a circle");
        if (out.size() > 1) out += ", ";
        out += to(node->val);
    }
    return out + "]";
}

template <class T> std::string tree_to(const T* root) {
    std::vector<std::string> found;
    std::unordered_set<const T*> seen;
    for (std::deque<const T*> waiting{root}; !waiting.empty(); waiting.pop_front()) {
        const T* node = waiting.front();
        found.push_back(node ? to(node->val) : "null");
        if (!node) continue;
        if (!seen.insert(node).second) refuse("returned a tree that goes round in a circle");
        waiting.push_back(node->left), waiting.push_back(node->right);
    }
    while (!found.empty() && found.back() == "null") found.pop_back();
    std::string out = "[";
    for (auto& item : found) out += (out.size() > 1 ? ", " : "") + item;
    return out + "]";
}

template <class T> std::string to(const T& value) {
    if constexpr (std::same_as<T, bool>) return value ? "true" : "false";
    else if constexpr (std::same_as<T, char>) return quote(std::string(1, value));
    else if constexpr (std::is_floating_point_v<T>) return float_to(value);
    else if constexpr (std::is_integral_v<T>) return std::to_string(value);
    else if constexpr (std::is_convertible_v<T, std::string_view>) return quote(std::string(std::string_view(value)));
    else if constexpr (IsOptional<T>::value) return value ? to(*value) : "null";
    else if constexpr (IsTuple<T>::value)
        return std::apply([](const auto&... item) {
            std::string out;
            ((out += (out.empty() ? "[" : ", ") + to(item)), ...);
            return out + "]";
        }, value);
    else if constexpr (MapLike<T>) return map_to(value);
    else if constexpr (SetLike<T>) {
        std::set<typename T::key_type> sorted(value.begin(), value.end());
        return row_to(sorted);
    } else if constexpr (Row<T>) return row_to(value);
    else if constexpr (std::is_pointer_v<T> && ListLike<std::remove_pointer_t<T>>) return list_to(value);
    else if constexpr (std::is_pointer_v<T> && TreeLike<std::remove_pointer_t<T>>) return tree_to(value);
    else static_assert(!sizeof(T), "the function returns a type that no test can compare");
}

template <class Call, class... A> std::string call_with(const Json& args, Call&& call) {
    if (args.items.size() != sizeof...(A))
        refuse("the function takes " + std::to_string(sizeof...(A)) + " arguments, not " +
               std::to_string(args.items.size()));
    return [&]<size_t... I>(std::index_sequence<I...>) {
        std::tuple<std::decay_t<A>...> values{from<std::decay_t<A>>(args.items[I])...};
        using Result = std::invoke_result_t<Call, A...>;
        if constexpr (std::is_void_v<Result>) {
            call(static_cast<A&&>(std::get<I>(values))...);
            return std::string("null");
        } else {
            return to<std::decay_t<Result>>(call(static_cast<A&&>(std::get<I>(values))...));
        }
    }(std::index_sequence_for<A...>());
}

using Function = std::function<std::string(const Json&)>;

template <class R, class... A> Function wrap(R (*function)(A...)) {
    return [=](const Json& args) {
        auto bound = [=](A... args) -> R { return function(static_cast<A&&>(args)...); };
        return call_with<decltype(bound), A...>(args, std::move(bound));
    };
}
template <class Get, class C, class R, class... A> Function wrap_method(Get get, R (C::*method)(A...)) {
    return [=](const Json& args) {
        auto bound = [=](A... args) -> R { return (get()->*method)(static_cast<A&&>(args)...); };
        return call_with<decltype(bound), A...>(args, std::move(bound));
    };
}
template <class Get, class C, class R, class... A> Function wrap_method(Get get, R (C::*method)(A...) const) {
    return wrap_method(get, reinterpret_cast<R (C::*)(A...)>(method));
}
template <class F> requires std::is_class_v<F> Function wrap(F* callable) {
    return wrap_method([=] { return callable; }, &F::operator());
}

// Makes the object whose method is called, anew for each case; empty where a function is called.
inline std::function<void()> renew;

template <class C, class M> Function wrap(M method) {
    if constexpr (std::is_member_function_pointer_v<M>) {
        static C* object = nullptr;
        renew = [] {
            delete std::exchange(object, nullptr);
            object = new C();
        };
        return wrap_method([] { return object; }, method);
    } else {
        return wrap(method);
    }
}

inline std::string failure(const char* kind, const std::string& text) {
    std::cerr << text << std::endl;
    return std::string(R"({"error": ")") + kind + R"(", "text": )" + quote(text.substr(0, 500)) + "}";
}

inline std::string answer(const Function& function, const Json& request) {
    try {
        if (renew && (request.find("load") || request.find("renew"))) renew();
        if (request.find("load")) return renew ? R"({"value": true})" : R"({"value": null})";
        if (request.find("renew")) return R"({"value": null})";
        return R"({"value": )" + function(*request.find("call")) + "}";
    } catch (const std::bad_alloc&) {
        return failure("memory_limit", "std::bad_alloc");
    } catch (const std::exception& error) {
        return failure("runtime_error", error.what());
    } catch (...) {
        return failure("runtime_error", "something was thrown that is no std::exception");
    }
}

inline void write_all(int descriptor, const std::string& data) {
    for (size_t done = 0; done < data.size();) {
        ssize_t written = write(descriptor, data.data() + done, data.size() - done);
        if (written <= 0) _exit(1);
        done += static_cast<size_t>(written);
    }
}

template <class Make> int serve(Make&& make) {
    // The candidate's own reads and writes go elsewhere than ours.
    FILE* requests = fdopen(dup(0), "r");
    int answers = dup(1), nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, 0);
    close(nothing);
    Function function = make();
    char* line = nullptr;
    size_t size = 0;
    while (getline(&line, &size, requests) > 0) {
        Json request = Parser(line).value();
        std::string payload = answer(function, request);
        std::cout.flush();
        std::fflush(stdout);
        std::string head(1, '\0');
        write_all(answers, head + request.find("token")->words + " " + std::to_string(payload.size()) + "\n" + payload);
    }
    // Nothing of the candidate's runs after the last answer.
    _exit(0);
}

}  // namespace interviewlab

#define main interviewlab_main_of_the_candidate
