// Compiled together with the candidate's Go code; it holds no secret and no expected value. It reads one JSON request
// a line from standard input, calls the function with arguments of the types that it declares, and writes each answer
// to standard output behind NUL, the token of its request and a length.
package main

import (
	ilbufio "bufio"
	ilbytes "bytes"
	iljson "encoding/json"
	ilerrors "errors"
	ilfmt "fmt"
	ilmath "math"
	ilos "os"
	ilreflect "reflect"
	ildebug "runtime/debug"
	ilsort "sort"
	ilstrings "strings"
	ilsyscall "syscall"
	ilutf8 "unicode/utf8"
)

var ilErrorType = ilreflect.TypeOf((*error)(nil)).Elem()

// After every init of the candidate's, before their main, which never runs.
func init() {
	requests, _ := ilsyscall.Dup(0)
	answers, _ := ilsyscall.Dup(1)
	if nothing, err := ilos.Open(ilos.DevNull); err == nil {
		ilsyscall.Dup3(int(nothing.Fd()), 0, 0)
	}
	ilServe(ilos.NewFile(uintptr(requests), "requests"), ilos.NewFile(uintptr(answers), "answers"))
	ilos.Exit(0)
}

func ilServe(requests, answers *ilos.File) {
	lines := ilbufio.NewReaderSize(requests, 1<<16)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var request struct {
			Token string
			Call  *[]any
		}
		ilDecode(line, &request)
		payload := ilAnswer(request.Call)
		answers.Write(append([]byte(ilfmt.Sprintf("\x00%s %d\n", request.Token, len(payload))), payload...))
	}
}

func ilDecode(line []byte, into any) {
	decoder := iljson.NewDecoder(ilbytes.NewReader(line))
	decoder.UseNumber()
	decoder.Decode(into)
}

func ilAnswer(args *[]any) (payload []byte) {
	defer func() {
		if caught := recover(); caught != nil {
			text := ilfmt.Sprintf("panic: %v", caught)
			ilos.Stderr.WriteString(text + "\n" + ilOwnFrames(string(ildebug.Stack())))
			payload = ilFailure(text)
		}
	}()
	if args == nil {
		return []byte(`{"value": null}`)
	}
	value, err := ilCall(*args)
	if err != nil {
		ilos.Stderr.WriteString(err.Error() + "\n")
		return ilFailure(err.Error())
	}
	encoded, err := iljson.Marshal(map[string]any{"value": value})
	if err != nil {
		return ilFailure("the answer: " + err.Error())
	}
	return encoded
}

func ilFailure(text string) []byte {
	if len(text) > 500 {
		text = text[:500]
	}
	encoded, _ := iljson.Marshal(map[string]any{"error": "runtime_error", "text": text})
	return encoded
}

func ilOwnFrames(stack string) string {
	kept := ""
	for _, line := range ilstrings.Split(stack, "\n") {
		if ilstrings.HasPrefix(line, "\t") && ilstrings.Contains(line, "solution.go:") {
			kept += line + "\n"
		}
	}
	return kept
}

func ilCall(args []any) (any, error) {
	function := ilreflect.ValueOf(ilTarget)
	kind := function.Type()
	if kind.NumIn() != len(args) || kind.IsVariadic() {
		return nil, ilfmt.Errorf("the function takes %d arguments, not %d", kind.NumIn(), len(args))
	}
	values := make([]ilreflect.Value, len(args))
	for i, arg := range args {
		values[i] = ilreflect.New(kind.In(i)).Elem()
		if err := ilFrom(arg, values[i]); err != nil {
			return nil, err
		}
	}
	return ilResult(function.Call(values))
}

// A last result of type error is how the function fails; several others are a list.
func ilResult(results []ilreflect.Value) (any, error) {
	if last := len(results) - 1; last >= 0 && results[last].Type() == ilErrorType {
		if err, _ := results[last].Interface().(error); err != nil {
			return nil, err
		}
		results = results[:last]
	}
	plain := make([]any, len(results))
	for i, result := range results {
		value, err := ilTo(result)
		if err != nil {
			return nil, err
		}
		plain[i] = value
	}
	switch len(plain) {
	case 0:
		return nil, nil
	case 1:
		return plain[0], nil
	}
	return plain, nil
}

func ilFrom(json any, into ilreflect.Value) error {
	kind := into.Type()
	switch into.Kind() {
	case ilreflect.Interface:
		if json != nil {
			into.Set(ilreflect.ValueOf(ilFree(json)))
		}
		return nil
	case ilreflect.Pointer:
		return ilPointerFrom(json, into)
	case ilreflect.Slice:
		items, ok := json.([]any)
		if !ok {
			return ilMismatch(json, kind)
		}
		into.Set(ilreflect.MakeSlice(kind, len(items), len(items)))
		return ilItemsFrom(items, into)
	case ilreflect.Array:
		items, ok := json.([]any)
		if !ok || len(items) != into.Len() {
			return ilMismatch(json, kind)
		}
		return ilItemsFrom(items, into)
	case ilreflect.Map:
		return ilMapFrom(json, into)
	case ilreflect.Bool:
		if truth, ok := json.(bool); ok {
			into.SetBool(truth)
			return nil
		}
	case ilreflect.String:
		if text, ok := json.(string); ok {
			into.SetString(text)
			return nil
		}
	default:
		return ilNumberFrom(json, into)
	}
	return ilMismatch(json, kind)
}

func ilMismatch(json any, kind ilreflect.Type) error {
	encoded, _ := iljson.Marshal(json)
	return ilfmt.Errorf("an argument is %.80s, which is no %s", encoded, kind)
}

// Numbers of arguments that are declared as any.
func ilFree(json any) any {
	switch found := json.(type) {
	case iljson.Number:
		if whole, err := found.Int64(); err == nil {
			return int(whole)
		}
		double, _ := found.Float64()
		return double
	case []any:
		for i := range found {
			found[i] = ilFree(found[i])
		}
	case map[string]any:
		for key := range found {
			found[key] = ilFree(found[key])
		}
	}
	return json
}

func ilItemsFrom(items []any, into ilreflect.Value) error {
	for i, item := range items {
		if err := ilFrom(item, into.Index(i)); err != nil {
			return err
		}
	}
	return nil
}

func ilMapFrom(json any, into ilreflect.Value) error {
	kind := into.Type()
	fields, ok := json.(map[string]any)
	if !ok {
		return ilMismatch(json, kind)
	}
	into.Set(ilreflect.MakeMapWithSize(kind, len(fields)))
	for name, item := range fields {
		key, value := ilreflect.New(kind.Key()).Elem(), ilreflect.New(kind.Elem()).Elem()
		var plain any = name
		if key.Kind() != ilreflect.String {
			ilDecode([]byte(name), &plain)
		}
		if err := ilFrom(plain, key); err != nil {
			return err
		}
		if err := ilFrom(item, value); err != nil {
			return err
		}
		into.SetMapIndex(key, value)
	}
	return nil
}

func ilNumberFrom(json any, into ilreflect.Value) error {
	if text, ok := json.(string); ok && (into.Kind() == ilreflect.Uint8 || into.Kind() == ilreflect.Int32) {
		if sign, size := ilutf8.DecodeRuneInString(text); size == len(text) && size > 0 {
			json = iljson.Number(ilfmt.Sprint(int(sign)))
		}
	}
	if into.CanFloat() {
		if fields, ok := json.(map[string]any); ok {
			special := map[any]float64{"NaN": ilmath.NaN(), "Infinity": ilmath.Inf(1), "-Infinity": ilmath.Inf(-1)}
			if double, ok := special[fields["$float"]]; ok {
				into.SetFloat(double)
				return nil
			}
		}
	}
	number, ok := json.(iljson.Number)
	if !ok {
		return ilMismatch(json, into.Type())
	}
	double, _ := number.Float64()
	whole, err := number.Int64()
	if err != nil {
		whole = int64(double)
	}
	isWhole := err == nil || (double == ilmath.Trunc(double) && ilmath.Abs(double) < 1<<62)
	switch {
	case into.CanFloat():
		into.SetFloat(double)
	case into.CanInt() && isWhole && !into.OverflowInt(whole):
		into.SetInt(whole)
	case into.CanUint() && isWhole && whole >= 0 && !into.OverflowUint(uint64(whole)):
		into.SetUint(uint64(whole))
	default:
		return ilMismatch(json, into.Type())
	}
	return nil
}

// Linked lists and trees are structs of pointers to themselves: Val and Next, or Val, Left and Right.
func ilPointerFrom(json any, into ilreflect.Value) error {
	if json == nil {
		return nil
	}
	items, isList := json.([]any)
	switch shape := ilShape(into.Type()); {
	case shape == "list" && isList:
		return ilListFrom(items, into)
	case shape == "tree" && isList:
		return ilTreeFrom(items, into)
	}
	into.Set(ilreflect.New(into.Type().Elem()))
	return ilFrom(json, into.Elem())
}

func ilShape(kind ilreflect.Type) string {
	if kind.Kind() != ilreflect.Pointer || kind.Elem().Kind() != ilreflect.Struct {
		return ""
	}
	has := func(name string) bool {
		field, ok := kind.Elem().FieldByName(name)
		return ok && field.Type == kind
	}
	switch {
	case has("Next"):
		return "list"
	case has("Left") && has("Right"):
		return "tree"
	}
	return ""
}

func ilNode(kind ilreflect.Type, json any) (ilreflect.Value, error) {
	node := ilreflect.New(kind.Elem())
	return node, ilFrom(json, node.Elem().FieldByName("Val"))
}

func ilListFrom(items []any, into ilreflect.Value) error {
	for _, item := range items {
		node, err := ilNode(into.Type(), item)
		if err != nil {
			return err
		}
		into.Set(node)
		into = node.Elem().FieldByName("Next")
	}
	return nil
}

// A tree is a list of its nodes level by level, nil where a child is missing.
func ilTreeFrom(items []any, into ilreflect.Value) error {
	places := []ilreflect.Value{into}
	for _, item := range items {
		if len(places) == 0 {
			return ilerrors.New("an argument is no tree")
		}
		place := places[0]
		places = places[1:]
		if item == nil {
			continue
		}
		node, err := ilNode(into.Type(), item)
		if err != nil {
			return err
		}
		place.Set(node)
		places = append(places, node.Elem().FieldByName("Left"), node.Elem().FieldByName("Right"))
	}
	return nil
}

func ilTo(value ilreflect.Value) (any, error) {
	switch value.Kind() {
	case ilreflect.Invalid:
		return nil, nil
	case ilreflect.Bool, ilreflect.String:
		return value.Interface(), nil
	case ilreflect.Float32, ilreflect.Float64:
		return ilFloatTo(value), nil
	case ilreflect.Interface:
		return ilTo(value.Elem())
	case ilreflect.Pointer:
		return ilPointerTo(value)
	case ilreflect.Slice, ilreflect.Array:
		items := make([]any, value.Len())
		for i := range items {
			item, err := ilTo(value.Index(i))
			if err != nil {
				return nil, err
			}
			items[i] = item
		}
		return items, nil
	case ilreflect.Map:
		return ilMapTo(value)
	}
	if value.CanInt() {
		return value.Int(), nil
	}
	if value.CanUint() {
		return value.Uint(), nil
	}
	return nil, ilfmt.Errorf("returned a %s, which cannot be compared", value.Type())
}

func ilFloatTo(value ilreflect.Value) any {
	double := value.Float()
	switch {
	case ilmath.IsNaN(double):
		return map[string]any{"$float": "NaN"}
	case ilmath.IsInf(double, 1):
		return map[string]any{"$float": "Infinity"}
	case ilmath.IsInf(double, -1):
		return map[string]any{"$float": "-Infinity"}
	case value.Kind() == ilreflect.Float32:
		return float32(double)
	}
	return double
}

// A map to bool or to an empty struct whose values are all true is still a map: Go has no sets of its own.
func ilMapTo(value ilreflect.Value) (any, error) {
	if value.Type().Elem().Kind() == ilreflect.Struct && value.Type().Elem().NumField() == 0 {
		return ilKeysTo(value)
	}
	fields := map[string]any{}
	for _, key := range value.MapKeys() {
		item, err := ilTo(value.MapIndex(key))
		if err != nil {
			return nil, err
		}
		fields[ilfmt.Sprint(key.Interface())] = item
	}
	return fields, nil
}

func ilKeysTo(value ilreflect.Value) (any, error) {
	keys := value.MapKeys()
	ilsort.Slice(keys, func(i, j int) bool {
		if keys[i].CanInt() {
			return keys[i].Int() < keys[j].Int()
		}
		return ilfmt.Sprint(keys[i].Interface()) < ilfmt.Sprint(keys[j].Interface())
	})
	items := make([]any, len(keys))
	for i, key := range keys {
		items[i], _ = ilTo(key)
	}
	return items, nil
}

func ilPointerTo(value ilreflect.Value) (any, error) {
	switch ilShape(value.Type()) {
	case "list":
		return ilListTo(value)
	case "tree":
		return ilTreeTo(value)
	}
	return ilTo(value.Elem())
}

func ilListTo(node ilreflect.Value) (any, error) {
	items, seen := []any{}, map[uintptr]bool{}
	for ; !node.IsNil(); node = node.Elem().FieldByName("Next") {
		if seen[node.Pointer()] {
			return nil, ilerrors.New("returned a linked list that goes round in a circle")
		}
		seen[node.Pointer()] = true
		item, err := ilTo(node.Elem().FieldByName("Val"))
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, nil
}

func ilTreeTo(root ilreflect.Value) (any, error) {
	items, seen := []any{}, map[uintptr]bool{}
	for waiting := []ilreflect.Value{root}; len(waiting) > 0; waiting = waiting[1:] {
		node := waiting[0]
		if node.IsNil() {
			items = append(items, nil)
			continue
		}
		if seen[node.Pointer()] {
			return nil, ilerrors.New("returned a tree that goes round in a circle")
		}
		seen[node.Pointer()] = true
		item, err := ilTo(node.Elem().FieldByName("Val"))
		if err != nil {
			return nil, err
		}
		items = append(items, item)
		waiting = append(waiting, node.Elem().FieldByName("Left"), node.Elem().FieldByName("Right"))
	}
	for len(items) > 0 && items[len(items)-1] == nil {
		items = items[:len(items)-1]
	}
	return items, nil
}
