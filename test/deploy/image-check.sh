#!/usr/bin/env bash
# The Dockerfile's own commands in a clean folder instead of a container: what would be in the image, how large it would
# be, and whether that answers. Prints one line a layer, and which of them are measured; exits non-zero when they come to
# more than 700 MB or nothing answers.
# Without a container, two layers are assumed: node:22-slim and what apt-get adds. Neither the image's user, nor its
# read-only files, nor its health check are tried.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# Roughly, unpacked, on amd64.
BASE_MB=220
GIT_MB=100
LIMIT_MB=700

dockerfile=$PWD/Dockerfile
root=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$root"' EXIT
git archive HEAD | tar -x -C "$root" --one-top-level=source
mkdir "$root/app" "$root/store"

# Runs each command of a stage in a shell of its own, as a build does.
run_stage() {
  commands_of "$1" | while read -r command; do bash -euo pipefail -c "$command" </dev/null; done
}

# The commands of a stage, a continued one on one line.
commands_of() {
  sed -e ':a' -e '/\\$/N; s/\\\n//; ta' "$dockerfile" | awk -v stage="$1" '
    /^FROM/ { on = ($0 ~ " AS " stage "$") } on && /^RUN/ { sub(/^RUN /, ""); sub(/ && npm cache clean --force/, ""); print }'
}

echo "== stage dependencies"
cp "$root"/source/{package.json,package-lock.json,.npmrc} "$root/app"
(cd "$root/app" && run_stage dependencies)

echo "== stage build"
(cd "$root/source" && run_stage build)

echo "== the last stage"
cp -r "$root/source/dist" "$root/app"
awk '/^FROM/ { last = NR } { line[NR] = $0 } END { for (i = last; i <= NR; i++) print line[i] }' "$dockerfile" |
  sed -n 's/^COPY \([a-zA-Z.]\)/\1/p' | while read -r -a names; do
    for name in "${names[@]::${#names[@]}-1}"; do cp -r "$root/source/$name" "$root/app"; done
  done

measured=0
for layer in node_modules models dist server ingest knowledge docs; do
  mb=$(du -sm "$root/app/$layer" | cut -f1)
  measured=$((measured + mb))
  printf '%-24s %5d MB\n' "$layer" "$mb"
done
assumed=$((BASE_MB + GIT_MB))
total=$((measured + assumed))
printf '%-24s %5d MB\n' 'measured' "$measured"
printf '%-24s %5d MB, assumed\n' 'base' "$BASE_MB" 'git, certificates' "$GIT_MB"
printf '%-24s %5d MB, of at most %d\n' 'in all, about' "$total" "$LIMIT_MB"

extra=$(cd "$root/app" && npm ls --all --omit=dev --json 2>/dev/null | node -e '
  let text = ""; process.stdin.on("data", (d) => (text += d)).on("end", () => {
    const walk = (node) => Object.values(node.dependencies ?? {}).flatMap((each) => [...(each.extraneous ? [each.name] : []), ...walk(each)]);
    console.log(walk(JSON.parse(text)).length); });')
echo "packages that production doesn't ask for: $extra"

echo "== does it answer"
port=$((20000 + RANDOM % 20000))
(cd "$root/app" && exec env -i PATH="$PATH" HOME="$root" NODE_ENV=production HOST=127.0.0.1 PORT=$port DOCS_DIR="$root/app/docs" \
  STORE_URI="$root/store" GAPS_DB="$root/store/gaps.db" GIT_CACHE="$root/store/git" ORT_DISABLE_TELEMETRY=1 node --import tsx server/main.ts) >"$root/log" 2>&1 &
server=$!
for _ in $(seq 120); do
  curl -sf "http://127.0.0.1:$port/readyz" >/dev/null && break
  sleep 1
done
answer=$(curl -s "http://127.0.0.1:$port/api/chat" -H 'content-type: application/json' \
  -d '{"messages":[{"role":"user","content":"What is an RMM?"}]}')
grep -q '"mode":"quoted"' <<<"$answer" || { cat "$root/log"; echo "no answer"; exit 1; }
echo "it does"
((total <= LIMIT_MB))
