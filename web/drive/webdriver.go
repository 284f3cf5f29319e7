//go:build !js

package drive

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// A webdriver speaks classic WebDriver with one session
// (https://www.w3.org/TR/webdriver2/).
type webdriver struct {
	address string        // as in http://127.0.0.1:1234
	session string        // as in /session/5678
	limit   time.Duration // for one command
}

// wait waits until the driver answers.
func (d *webdriver) wait() error {
	d.limit = time.Minute
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		err := d.call("GET", "/status", nil, nil)
		if err == nil || time.Now().After(end) {
			return err
		}
	}
}

// in is call within the session.
func (d *webdriver) in(method, path string, params, result any) error {
	return d.call(method, d.session+path, params, result)
}

// call sends a command and decodes its value into result, unless that is nil.
func (d *webdriver) call(method, path string, params, result any) error {
	body, err := json.Marshal(params)
	if err != nil {
		return err
	}
	if params == nil {
		body = []byte("{}")
	}
	request, err := http.NewRequest(method, d.address+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	client := http.Client{Timeout: d.limit}
	reply, err := client.Do(request)
	if err != nil {
		return err
	}
	defer reply.Body.Close()
	var got struct{ Value json.RawMessage }
	if err := json.NewDecoder(reply.Body).Decode(&got); err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	if reply.StatusCode != http.StatusOK {
		var failed struct{ Error, Message string }
		json.Unmarshal(got.Value, &failed)
		return fmt.Errorf("%s %s: %s: %s", method, path, failed.Error, failed.Message)
	}
	if result == nil {
		return nil
	}
	return json.Unmarshal(got.Value, result)
}
