#!/bin/sh
# Prepares what makes a language's tools quick: kit.sh LANGUAGE FOLDER DRIVERS. Used by the Dockerfile, and on a machine
# that runs a language without the image. What is prepared holds nothing of a candidate's.
set -eu
language=$1 folder=$2/$1 drivers=$3
mkdir -p "$folder"
cd "$folder"

# What a program without a network can use of Go's library, as far as this version has it.
go_packages='bufio bytes cmp container/heap container/list container/ring context crypto/md5 crypto/rand crypto/sha1
    crypto/sha256 crypto/sha512 encoding encoding/base64 encoding/binary encoding/csv encoding/hex encoding/json errors
    flag fmt hash hash/crc32 hash/fnv hash/maphash io io/fs io/ioutil iter log maps math math/big math/bits math/cmplx
    math/rand math/rand/v2 os os/signal path path/filepath reflect regexp regexp/syntax runtime runtime/debug slices
    sort strconv strings structs sync sync/atomic syscall text/tabwriter text/template text/scanner time unicode
    unicode/utf16 unicode/utf8 unique'

prepare_go() {
    tools=$(go env GOTOOLDIR)
    cp "$tools/compile" "$tools/link" .
    mkdir -p library
    export CGO_ENABLED=0 GOFLAGS=
    go list std > known
    # shellcheck disable=SC2086
    wanted=$(printf '%s\n' $go_packages | grep -x -F -f known)
    # shellcheck disable=SC2086
    go list -deps -export -f '{{if .Export}}{{.ImportPath}} {{.Export}}{{end}}' $wanted > exports
    : > linkable
    while read -r package archive; do
        case $archive in /usr/*) ;; *)
            # Out of somebody's home, where a candidate's compiler may not look.
            copy=$folder/library/$(echo "$package" | tr / _).a
            cp "$archive" "$copy"
            archive=$copy ;;
        esac
        echo "packagefile $package=$archive" >> linkable
    done < exports
    # Without what the `go` command would refuse to import.
    grep -v -e ' internal/' -e '/internal/' -e ' vendor/' linkable > importable
    rm exports known
}

prepare_cpp() {
    mkdir -p bits
    echo '#include <bits/stdc++.h>' > all.cpp
    header=$(g++ -std=c++20 -M all.cpp | tr ' ' '\n' | grep -m 1 'bits/stdc++\.h$')
    g++ -std=c++20 -O2 -w -x c++-header -o bits/stdc++.h.gch "$header"
    cp "$drivers/driver.hpp" .
    g++ -std=c++20 -O2 -w -x c++-header -o driver.hpp.gch driver.hpp
    rm all.cpp
}

prepare_java() {
    mkdir -p build
    javac -nowarn -d build "$drivers/InterviewlabDriver.java"
    printf '%s' 'import java.util.*; import java.util.stream.*; public class InterviewlabWarm { record Pair(int a, String b) {}
        public static void main(String[] a) throws Exception { Scanner in = new Scanner(System.in); StringBuilder s = new StringBuilder();
            for (String w : "b a".split(" ")) s.append(w).append(new Pair(1, w)); PriorityQueue<Integer> q = new PriorityQueue<>();
            q.add(1); Deque<Integer> e = new ArrayDeque<>(); e.push(2); Set<Long> t = new TreeSet<>(); t.add(3L);
            Map<String, List<Integer>> m = new HashMap<>(); m.put("a", List.of(1).stream().map(x -> x + 1).collect(Collectors.toList()));
            System.out.println(s + String.format("%d %.2f", 1, 2.0) + q + e + t + m + in.hasNext());
            InterviewlabDriver.main(new String[] {"warm", "{\"a\": [1, 2.5, null, true, \"b\"]}"}); } }' > build/InterviewlabWarm.java
    fast="-XX:+UseSerialGC -XX:-UsePerfData"
    # Archives of the classes that the compiler and a small program load: 0.5 s to compile instead of 1.1 s.
    # shellcheck disable=SC2046,SC2086
    javac $(printf ' -J%s' $fast -XX:TieredStopAtLevel=1 -XX:ArchiveClassesAtExit="$folder/javac.jsa") -proc:none -nowarn -cp build -d build build/InterviewlabWarm.java 2>/dev/null
    (cd build && jar --create --file ../driver.jar Interviewlab*.class)
    # shellcheck disable=SC2086
    java $fast -XX:ArchiveClassesAtExit="$folder/run.jsa" -cp "$folder/driver.jar" InterviewlabWarm </dev/null >/dev/null 2>&1
    rm -r build
}

prepare_typescript() {
    library=$(dirname "$(dirname "$(readlink -f "$(command -v tsc)")")")/lib
    cat "$library/typescript.js" "$drivers/typescript.js" > compiler.js
    TYPESCRIPT_LIB=$library node --snapshot-blob compiler.blob --build-snapshot compiler.js >/dev/null 2>&1
    rm compiler.js
}

"prepare_$language"
chmod -R a+rX "$folder"
