import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from meice.kernel.tables import Tables


class Migration(Tables):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=255, unique=True)),
                ('depth', models.PositiveIntegerField()),
                ('numchild', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=100, verbose_name='单位名称')),
                ('short_name', models.CharField(blank=True, max_length=40, verbose_name='简称')),
                ('aliases', models.TextField(blank=True, help_text='一行一个', verbose_name='别名')),
                ('pinyin_key', models.CharField(db_index=True, editable=False, max_length=600)),
                ('kind', models.CharField(choices=[('authority', '主管部门'), ('university', '学校'), ('faculty', '学院'), ('office', '部处'), ('institute', '科研机构'), ('organisation', '群团组织'), ('affiliate', '直属单位'), ('other', '其他')], default='other', max_length=16, verbose_name='类别')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='办公电话')),
                ('active', models.BooleanField(default=True, verbose_name='在用')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': '单位',
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='unit_has_a_name'), models.UniqueConstraint(django.db.models.functions.text.Substr('path', models.Value(1), django.db.models.expressions.CombinedExpression(django.db.models.functions.text.Length('path'), '-', models.Value(4))), models.F('name'), condition=models.Q(('active', True)), name='unit_name_once_among_active_siblings')],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=32, unique=True, validators=[django.core.validators.RegexValidator('\\A[0-9A-Za-z][0-9A-Za-z_.-]{1,31}\\Z', '工号只用字母、数字、点、横线，2 至 32 位。')], verbose_name='工号')),
                ('name', models.CharField(max_length=60, verbose_name='姓名')),
                ('pinyin_key', models.CharField(db_index=True, editable=False, max_length=400)),
                ('mobile', models.CharField(blank=True, max_length=11, validators=[django.core.validators.RegexValidator('\\A1[3-9][0-9]{9}\\Z', '手机号应为 1 开头的 11 位数字。')], verbose_name='手机')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='邮箱')),
                ('is_active', models.BooleanField(default=True, verbose_name='可登录')),
                ('must_change_password', models.BooleanField(default=False)),
                ('password_changed_at', models.DateTimeField(blank=True, null=True)),
                ('session_round', models.PositiveIntegerField(default=0)),
                ('uses_single_keys', models.BooleanField(default=True, verbose_name='单键快捷键')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': '用户',
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='user_has_a_name'), models.UniqueConstraint(django.db.models.functions.text.Lower('username'), name='username_once_in_any_case')],
            },
        ),
        migrations.CreateModel(
            name='FormerName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_names', to='orgs.unit')),
                ('name', models.CharField(max_length=100)),
                ('short_name', models.CharField(blank=True, max_length=40)),
                ('until', models.DateTimeField()),
                ('changed_by', models.CharField(max_length=60)),
            ],
            options={
                'ordering': ['-until'],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL, verbose_name='用户')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='orgs.unit', verbose_name='单位')),
                ('role', models.CharField(choices=[('operator', '运维'), ('reviewer', '审核人'), ('leader', '主管领导'), ('department', '宣传部'), ('security', '保卫/信息化'), ('auditor', '审计'), ('admin', '系统管理')], max_length=12, verbose_name='角色')),
                ('is_permanent', models.BooleanField(default=True, verbose_name='在编')),
                ('is_student', models.BooleanField(default=False, verbose_name='学生')),
                ('supervised_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='指导教师')),
                ('given_at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': '岗位',
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['operator', 'reviewer', 'leader', 'department', 'security', 'auditor', 'admin'])), name='post_role_is_known'), models.CheckConstraint(condition=models.Q(('is_student', False), models.Q(('is_permanent', False), ('role', 'operator'), ('supervised_by__isnull', False)), _connector='OR'), name='student_only_operates_under_a_teacher'), models.CheckConstraint(condition=models.Q(('supervised_by__isnull', True), models.Q(('supervised_by', models.F('user')), _negated=True), _connector='OR'), name='nobody_supervises_herself'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('user', 'unit', 'role'), name='post_held_once')],
            },
        ),
        migrations.CreateModel(
            name='FormerPassword',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_passwords', to=settings.AUTH_USER_MODEL)),
                ('password', models.CharField(max_length=128)),
                ('set_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-set_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SignedIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
                ('address', models.GenericIPAddressField(blank=True, null=True)),
                ('agent', models.CharField(blank=True, max_length=200)),
                ('started_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-seen_at'],
                'indexes': [models.Index(fields=['user', 'ended_at'], name='orgs_signed_user_id_0c4bcf_idx')],
            },
        ),
        migrations.CreateModel(
            name='Intake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('units', '单位'), ('people', '人员')], max_length=8)),
                ('status', models.CharField(choices=[('preview', '待核对'), ('applied', '已导入'), ('dropped', '已放弃')], default='preview', max_length=8)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField()),
                ('file_name', models.CharField(max_length=200)),
                ('file_hash', models.CharField(max_length=64)),
                ('sheet', models.CharField(blank=True, max_length=100)),
                ('head_row', models.PositiveIntegerField(default=1)),
                ('grid', models.JSONField(default=list)),
                ('mapping', models.JSONField(default=dict)),
                ('counts', models.JSONField(default=dict)),
                ('queued_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('trouble', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                ('selector', models.CharField(max_length=16, unique=True)),
                ('code_hash', models.CharField(max_length=64)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('tries__lte', 5)), name='invitation_has_five_tries'), models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('withdrawn_at', None)), fields=('user',), name='one_open_invitation_a_person')],
            },
        ),
    ]
