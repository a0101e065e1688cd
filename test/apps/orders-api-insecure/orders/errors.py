import traceback


class ApiError(Exception):
    status = 400


def register(app):
    @app.errorhandler(ApiError)
    def on_api_error(error):
        return {"detail": str(error)}, error.status

    @app.errorhandler(Exception)
    def on_bug(error):
        return {"detail": str(error), "trace": traceback.format_exc()}, 500  # warning: [stack-trace-exposure]
