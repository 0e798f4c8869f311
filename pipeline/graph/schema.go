package graph

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

//go:embed schema.json
var schema []byte

// Schema is the JSON Schema (draft 2020-12) of a graph.
func Schema() []byte { return bytes.Clone(schema) }

var compiled = sync.OnceValue(func() *jsonschema.Schema {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		panic(err) // our own embedded file
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("citecheck-graph.json", doc); err != nil {
		panic(err)
	}
	return c.MustCompile("citecheck-graph.json")
})

// Validate holds JSON to the schema; the error names every place that fails.
func Validate(r io.Reader) error {
	v, err := jsonschema.UnmarshalJSON(r)
	if err != nil {
		return fmt.Errorf("not JSON: %w", err)
	}
	return compiled().Validate(v)
}
